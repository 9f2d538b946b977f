#include "normalize/email.h"

#include <initializer_list>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalize/test_shapes.h"

namespace aremko::normalize {
namespace {

void valid(std::string_view raw, std::string_view address) {
  const Email got = email(raw);
  EXPECT_EQ(got.address, address) << raw;
  EXPECT_TRUE(got.valid) << raw;
  EXPECT_FALSE(got.empty) << raw;
}

TEST(Email, Wrapping) {
  for (const std::string_view raw :
       {"maria@gmail.com", "MARIA@GMAIL.COM", " maria@gmail.com ", "mailto:maria@gmail.com", "<maria@gmail.com>",
        "María González <maria@gmail.com>", "maria@gmail.com.", "maria@gmail.com,", "maria@gmail.com;", "maria @gmail.com",
        "maria@ gmail.com", "maria@gmail .com", "mar ia@gmail.com", "maria@gmail,com", "maria@gmail..com",
        "(maria@gmail.com)", "maria@gmail.com / pedro@gmail.com", "maria@gmail.com, pedro@gmail.com", "correo: maria@gmail.com",
        "maria@gmail.com\u00A0", "Email:maria@gmail.com", "Maria Gonzalez Soto maria@gmail.com", "'maria@gmail.com'"}) {
    valid(raw, "maria@gmail.com");
  }
  valid("a.b+c_d-e@sub.dominio.cl", "a.b+c_d-e@sub.dominio.cl");
  valid("x@xn--espaa-rta.xn--p1ai", "x@xn--espaa-rta.xn--p1ai");
  valid("maria@example.com", "maria@example.com");
}

TEST(Email, Nothing) {
  for (const std::string_view raw : {"", " ", "#N/A", "no tiene", "sin@correo", "sin@correo.cl", "sincorreo@gmail.com",
                                     "NOTIENE@hotmail.com", "no tiene correo", "sin mail", "no@no.cl", "x@x.com", "-", "N/A", "null", "sin correo@gmail.com"}) {
    const Email got = email(raw);
    EXPECT_TRUE(got.empty) << raw;
    EXPECT_FALSE(got.valid) << raw;
    EXPECT_EQ(got.address, "") << raw;
  }
}

TEST(Email, Invalid) {
  for (const std::string_view raw : {"maria", "maria@", "@gmail.com", "maria@gmail", "maria@@gmail.com", "maria@gmail.c",
                                     "984280796", "maria@gmail.123", "ma..ria@gmail.com", "josé@gmail.com", "12.345.678-5",
                                     "maria@-gmail.com", "maria@gm_ail.com"}) {
    const Email got = email(raw);
    EXPECT_FALSE(got.empty) << raw;
    EXPECT_FALSE(got.valid) << raw;
    EXPECT_EQ(got.address, "") << raw;
  }
}

TEST(Email, OneMailboxInTwoSpellings) {
  for (const auto& [address, key] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"ana.soto@gmail.com", "anasoto@gmail.com"},
           {"Ana.Soto+spa@GMail.com", "anasoto@gmail.com"},
           {"a.n.a.soto@googlemail.com", "anasoto@gmail.com"},
           {"ana.soto+spa@hotmail.com", "ana.soto@hotmail.com"},
           {"ana.soto+spa@hotmail.cl", "ana.soto@hotmail.cl"},
           {"ana+x@outlook.com", "ana@outlook.com"},
           {"ana+x@live.com.ar", "ana@live.com.ar"},
           {"ana+x@icloud.com", "ana@icloud.com"},
           {"ana+x@fastmail.com", "ana@fastmail.com"},
           {"ana+x@proton.me", "ana@proton.me"},
           // Elsewhere points and tags are part of the name.
           {"Ana.Soto@Yahoo.com", "ana.soto@yahoo.com"},
           {"ana+soto@yahoo.com", "ana+soto@yahoo.com"},
           {"ana.soto+spa@ejemplo.cl", "ana.soto+spa@ejemplo.cl"},
           {"ana.soto@gmail.com.ar", "ana.soto@gmail.com.ar"},
           {"ana+x@live.ejemplo.org", "ana+x@live.ejemplo.org"},
           {"ana.soto@hotmail.com", "ana.soto@hotmail.com"},
           // No name is left, or it is no address.
           {"+spa@gmail.com", "+spa@gmail.com"},
           {"...@gmail.com", "...@gmail.com"},
           {"@gmail.com", "@gmail.com"},
           {"Sin Correo", "sin correo"},
           {"", ""}}) {
    EXPECT_EQ(mailbox_key(address), key) << address;
    EXPECT_EQ(mailbox_key(key), key);
  }
  EXPECT_EQ(mailbox_key(". maria.g+x@GMail.com "), "mariag@gmail.com");
}

RC_GTEST_PROP(Email, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *rc::gen::oneOf(
      shapes::bytes(), rc::gen::container<std::string>(rc::gen::elementOf(std::string("abA@@.., <>;-/: com"))));
  const Email once = email(raw);
  RC_ASSERT(once.valid == !once.address.empty());
  RC_ASSERT(!(once.valid && once.empty));
  if (!once.valid) return;
  const Email again = email(once.address);
  RC_ASSERT(again.valid);
  RC_ASSERT(again.address == once.address);
}

TEST(Email, TenMegabytesAreRead) {
  EXPECT_FALSE(email(std::string(10'000'000, '@')).valid);
  EXPECT_FALSE(email(std::string(10'000'000, 'a') + "@gmail.com").valid);
}

}  // namespace
}  // namespace aremko::normalize
