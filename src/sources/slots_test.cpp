#include "sources/slots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aremko::sources {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Slots, AreReadInBothShapes) {
  EXPECT_THAT(read_slots(R"(["12:00", "9:30", "12:00:00", "x", "25:00", 7, "10:5"])"), ElementsAre(Slot{0x7F, 570}, Slot{0x7F, 720}));
  EXPECT_THAT(read_slots(R"({"monday": ["10:00"], "Sábado": ["11:00", "18:30"], "feriados": ["09:00"], "sunday": null})"),
              ElementsAre(Slot{1, 600}, Slot{32, 660}, Slot{32, 1110}));
}

TEST(Slots, AnythingElsePromisesNoHour) {
  for (const char* text : {"", "null", "{}", "[]", "12:00", "{\"lunes\": \"10:00\"}", "[[\"10:00\"]]", "no json"}) {
    EXPECT_THAT(read_slots(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace aremko::sources
