// Times a snapshot's building and its search over as many invented people as asked for (default 1,000,000 + 1,000,000),
// names drawn from short lists by Zipf's law, one legacy name in ten with a typo.
//   search_bench [people] [queries of a kind] [text to search for]...

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>

#include "normalize/rut.h"
#include "normalize/text.h"
#include "snapshot/builder.h"
#include "snapshot/search.h"

namespace {

using namespace aremko;
using namespace aremko::snapshot;
using Timer = std::chrono::steady_clock;

double milliseconds_since(Timer::time_point start) {
  return std::chrono::duration<double, std::milli>(Timer::now() - start).count();
}

/// What this thread has computed so far, in milliseconds: a busy neighbour does not change it.
double computed_ms(clockid_t whose = CLOCK_THREAD_CPUTIME_ID) {
  timespec now{};
  clock_gettime(whose, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

constexpr std::array<std::string_view, 48> given{
    "María",   "José",      "Juan",    "Ana",      "Luis",     "Carlos",   "Francisca", "Camila",
    "Claudia", "Patricia",  "Daniela", "Pedro",    "Jorge",    "Carolina", "Andrea",    "Marcela",
    "Paula",   "Sebastián", "Felipe",  "Rodrigo",  "Cristián", "Valentina", "Javiera",  "Constanza",
    "Sofía",   "Fernanda",  "Alejandro", "Alejandra", "Víctor", "Héctor",   "Sergio",    "Manuel",
    "Gabriel", "Gabriela",  "Verónica", "Ximena",   "Lorena",   "Paola",    "Macarena",  "Ignacio",
    "Matías",  "Diego",     "Nicolás", "Catalina",  "Isidora",  "Antonia",  "Rosa",      "Teresa"};
constexpr std::array<std::string_view, 48> family{
    "González", "Muñoz",    "Rojas",    "Díaz",     "Pérez",   "Soto",     "Contreras", "Silva",
    "Martínez", "Sepúlveda", "Morales", "Rodríguez", "López",  "Fuentes",  "Hernández", "Torres",
    "Araya",    "Flores",   "Espinoza", "Valenzuela", "Castillo", "Tapia", "Reyes",     "Gutiérrez",
    "Castro",   "Pizarro",  "Álvarez",  "Vásquez",  "Sánchez", "Fernández", "Ramírez",  "Carrasco",
    "Gómez",    "Cortés",   "Herrera",  "Núñez",    "Jara",    "Vergara",  "Rivera",    "Figueroa",
    "Riquelme", "García",   "Miranda",  "Bravo",    "Vera",    "Molina",   "Vega",      "Campos"};

/// Zipf-distributed names: the short lists first, then made-up words, so that the vocabulary is as long as a
/// country's.
class Names {
 public:
  Names(std::size_t distinct, const std::array<std::string_view, 48>& list, std::uint64_t seed) : random_(seed) {
    constexpr std::array<std::string_view, 20> syllables{"ma", "ri", "lo", "pe", "san", "qui", "tre", "val", "don", "zu",
                                                         "lla", "ñi", "car", "el", "mo", "ge", "vi", "cha", "hue", "ro"};
    for (const std::string_view name : list) words_.emplace_back(name);
    while (words_.size() < distinct) {
      std::string word;
      for (int i = 0, count = 2 + static_cast<int>(random_() % 3); i < count; ++i) word += syllables[random_() % 20];
      words_.push_back(std::move(word));
    }
    double sum = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) sums_.push_back(sum += 1.0 / std::pow(static_cast<double>(i) + 4, 1.05));
  }
  const std::string& draw(std::mt19937_64& random) const {
    const double at = std::uniform_real_distribution<double>(0, sums_.back())(random);
    return words_[static_cast<std::size_t>(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin())];
  }

 private:
  std::mt19937_64 random_;
  std::vector<std::string> words_;
  std::vector<double> sums_;
};

std::string with_typo(std::string text, std::mt19937_64& random) {
  if (text.size() < 4) return text;
  const std::size_t at = 1 + random() % (text.size() - 2);
  const char letter = static_cast<char>('a' + random() % 26);
  switch (random() % 4) {
    case 0: text.erase(at, 1); break;
    case 1: text.insert(at, 1, letter); break;
    case 2: text[at] = letter; break;
    default: std::swap(text[at], text[at - 1]);
  }
  return text;
}

struct World {
  Names givens{3'000, given, 1};
  Names families{25'000, family, 2};
  std::mt19937_64 random{7};

  std::string name() {
    std::string out = givens.draw(random);
    const auto kind = random() % 100;
    if (kind < 14) out += " " + givens.draw(random);
    out += " " + families.draw(random);
    if (kind < 71) out += " " + families.draw(random);
    return out;
  }
  void contact(sources::ContactColumns& columns, const std::string& name, bool rich) {
    columns.nombre.push(name);
    columns.telefono.push(fmt::format("+569{:08}", random() % 100'000'000));
    columns.email.push(random() % 100 < (rich ? 60U : 9U)
                           ? fmt::format("{}.{}@ejemplo.cl", normalize::fold(name.substr(0, name.find(' '))), random() % 10'000)
                           : std::string());
    const auto body = static_cast<std::uint32_t>(5'000'000 + random() % 20'000'000);
    columns.documento.push(random() % 100 < 40 ? fmt::format("{}-{}", body, normalize::rut_check_digit(body)) : "");
    columns.ciudad.push("Puerto Varas");
    columns.region.push("Los Lagos");
    columns.flags.push_back(sources::phone_valid | sources::phone_mobile);
    columns.created.push_back(Moment{});
  }
};

std::shared_ptr<sources::CurrentBatch> current_batch(World& world, std::size_t people) {
  auto batch = std::make_shared<sources::CurrentBatch>();
  for (std::size_t i = 0; i < people; ++i) {
    world.contact(batch->customers.contact, world.name(), true);
    batch->customers.id.push_back(static_cast<std::int64_t>(i) + 1);
    batch->customers.pais.push("Chile");
    batch->customers.no_contact_before.push_back(Date{});
    batch->customers.refusals.push_back(0);
    batch->customers.last_outbound.push_back(Date{});
  }
  batch->services.resize(20);
  for (std::size_t i = 0; i < 5 * people; ++i) {
    auto& sales = batch->sales;
    const Date day{static_cast<std::int32_t>(18'300 + world.random() % 2'000)};
    sales.id.push_back(static_cast<std::int64_t>(i) + 1);
    sales.customer.push_back(static_cast<Row>(world.random() % people));
    sales.created.push_back(Moment::at(day, 9, 0));
    sales.reserved.push_back(Moment::at(day, 9, 0));
    sales.total.push_back(40'000);
    sales.paid.push_back(40'000);
    sales.balance.push_back(0);
    sales.payment_state.push_back(sources::PaymentState::pagado);
    sales.booking_state.push_back(sources::BookingState::checkout);
    sales.comment.push("");
    auto& lines = batch->service_lines;
    for (std::size_t j = 0, count = i % 5 < 3 ? 2 : 1; j < count; ++j) {
      lines.sale.push_back(static_cast<Row>(i));
      lines.service.push_back(static_cast<Row>(world.random() % 20));
      lines.day.push_back(day);
      lines.start_minute.push_back(static_cast<std::int16_t>(600 + 30 * (world.random() % 20)));
      lines.people.push_back(2);
      lines.unit_price.push_back(25'000);
      lines.provider.push_back(0);
    }
    batch->payments.sale.push_back(static_cast<Row>(i));
    batch->payments.amount.push_back(40'000);
    batch->payments.method.push_back(0);
    batch->payments.at.push_back(Moment::at(day, 9, 0));
  }
  return batch;
}

std::shared_ptr<sources::LegacyCustomersBatch> legacy_batch(World& world, std::size_t people) {
  auto batch = std::make_shared<sources::LegacyCustomersBatch>();
  for (std::size_t i = 0; i < people; ++i) {
    std::string name = world.name();
    if (world.random() % 10 == 0) name = with_typo(name, world.random);
    world.contact(batch->contact, name, false);
    batch->legacy_id.push(std::to_string(i + 1));
    batch->record_id.push(fmt::format("{:010}", i));
  }
  return batch;
}

std::shared_ptr<sources::LegacyServicesBatch> services_batch(World& world, const sources::LegacyCustomersBatch& people) {
  auto batch = std::make_shared<sources::LegacyServicesBatch>();
  batch->people.push_back({});
  batch->services.resize(10);
  for (Row i = 0; i < people.size(); i += 2) {
    const std::string name(people.contact.nombre[i]);
    batch->people.push_back({name, normalize::fold(name)});
    for (int j = 0; j < 4; ++j) {
      batch->person.push_back(static_cast<Row>(batch->people.size() - 1));
      batch->service.push_back(static_cast<Row>(world.random() % 10));
      batch->reservation.push_back(static_cast<std::int64_t>(world.random() % 30'000));
      batch->at.push_back(Moment::at({static_cast<std::int32_t>(18'300 + world.random() % 1'500)}, 15, 0));
      batch->quantity.push_back(2);
      batch->amount.push_back(40'000);
      batch->cancelled.push_back(0);
      batch->telefono.push("+56911112222");
      batch->email.push("");
      batch->customer_id.push_back(0);
    }
  }
  return batch;
}

std::size_t resident_mb(const char* field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field)) return std::strtoull(line.c_str() + std::string_view(field).size() + 1, nullptr, 10) / 1024;
  }
  return 0;
}

void time_kind(const Snapshot& snapshot, const char* kind, const std::vector<std::string>& queries) {
  std::vector<double> times;
  std::size_t found = 0;
  std::pair<double, std::string> slowest;
  for (const std::string& query : queries) {
    const double start = computed_ms();
    const SearchResult result = search(snapshot, query, SearchScope::all, 20);
    times.push_back(computed_ms() - start);
    if (times.back() > slowest.first) slowest = {times.back(), query};
    found += !result.current.empty() || !result.legacy.empty();
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) { return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))]; };
  std::printf("%-34s p50 %7.3f ms   p99 %7.3f ms   max %7.3f ms   found %5.1f %%   slowest: %.48s\n", kind, at(0.5), at(0.99), at(1),
              100.0 * static_cast<double>(found) / static_cast<double>(queries.size()), slowest.second.c_str());
}

template <class Make>
std::vector<std::string> queries(std::size_t count, Make make) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(make());
  return out;
}

void time_search(const Snapshot& snapshot, std::size_t count) {
  std::mt19937_64 random(11);
  const auto& contact = snapshot.customers().contact;
  const auto& old = snapshot.legacy().file->contact;
  const auto any = [&](const sources::TextColumn& column) {
    for (;;) {
      const std::string_view text = column[static_cast<Row>(random() % column.size())];
      if (!text.empty()) return std::string(text);
    }
  };
  const auto name = [&] { return any(random() % 2 == 0 ? contact.nombre : old.nombre); };
  const auto folded = [&] { return normalize::fold(name()); };
  const auto misspelt = [&](int typos) {
    std::string text = folded();
    std::string out;
    for (const std::string_view word : normalize::tokens(text)) {
      std::string changed(word);
      if (word.size() >= 4 && typos-- > 0) changed = with_typo(changed, random);
      out += (out.empty() ? "" : " ") + changed;
    }
    return out;
  };
  const auto two = [&](std::string text) {  // given name and one surname
    const std::size_t first = text.find(' ');
    const std::size_t second = text.find(' ', first + 1);
    return text.substr(0, second);
  };
  time_kind(snapshot, "full name", queries(count, folded));
  time_kind(snapshot, "given name + surname", queries(count, [&] { return two(folded()); }));
  time_kind(snapshot, "misspelt, one word", queries(count, [&] { return misspelt(1); }));
  time_kind(snapshot, "misspelt, two words", queries(count, [&] { return misspelt(2); }));
  time_kind(snapshot, "misspelt, every word", queries(count, [&] { return misspelt(9); }));
  time_kind(snapshot, "misspelt given + surname", queries(count, [&] { return two(misspelt(2)); }));
  time_kind(snapshot, "prefix being typed", queries(count, [&] {
    const std::string text = folded();
    return text.substr(0, 1 + random() % text.size());
  }));
  time_kind(snapshot, "one word", queries(count, [&] { return folded().substr(0, 40).substr(0, folded().find(' ')); }));
  time_kind(snapshot, "one letter", queries(count, [&] { return std::string(1, static_cast<char>('a' + random() % 26)); }));
  time_kind(snapshot, "two letters each", queries(count, [&] {
    std::string out;
    for (int i = 0; i < 6; ++i) out += {static_cast<char>('a' + random() % 26), "aeiou"[random() % 5], ' '};
    return out;
  }));
  for (const auto* text : {"maria", "jose", "gonzalez", "maria gonzalez", "jose maria", "maria jose gonzalez", "maria g",
                           "gonzalez m", "mria gonsales", "juan perez", "m g", "maria jose gonzales munos", "maria de"}) {
    time_kind(snapshot, text, std::vector<std::string>(count / 5, text));
  }
  time_kind(snapshot, "glued", queries(count, [&] {
    std::string text = two(folded());
    std::erase(text, ' ');
    return text;
  }));
  time_kind(snapshot, "junk of 200 letters", queries(count, [&] {
    std::string out;
    for (int i = 0; i < 200; ++i) out += static_cast<char>(random() % 6 == 0 ? ' ' : 'a' + random() % 26);
    return out;
  }));
  time_kind(snapshot, "phone", queries(count, [&] { return any(contact.telefono); }));
  time_kind(snapshot, "last four digits", queries(count, [&] { return any(contact.telefono).substr(8); }));
  time_kind(snapshot, "first three digits", queries(count, [&] { return any(contact.telefono).substr(3, 3); }));
  time_kind(snapshot, "RUT", queries(count, [&] { return any(contact.documento); }));
  time_kind(snapshot, "e-mail", queries(count, [&] { return any(contact.email); }));
  time_kind(snapshot, "beginning of an e-mail", queries(count, [&] { return any(contact.email).substr(0, 6); }));
  time_kind(snapshot, "name and four digits", queries(count, [&] {
    const Row row = static_cast<Row>(random() % contact.size());
    const std::string text = normalize::fold(contact.nombre[row]);
    return text.substr(0, text.find(' ')) + " " + std::string(contact.telefono[row].substr(8));
  }));
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t people = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 2'000;
  World world;
  BuildInput input;
  input.current = current_batch(world, people);
  input.legacy = legacy_batch(world, people);
  input.services = services_batch(world, *input.legacy);
  for (std::size_t i = 0; i < people; i += 3) {
    input.links.push_back({std::to_string(i + 1), static_cast<std::int64_t>(i) + 1, 95, "00000000-0000-4000-8000-000000000000"});
  }
  std::printf("%zu + %zu people, %zu sales, %u service lines, %u legacy lines; batches %zu MB\n", people, people, 5 * people,
              input.current->service_lines.size(), input.services->size(), resident_mb("VmRSS:"));
  const auto start = Timer::now();
  const double computed = computed_ms(CLOCK_PROCESS_CPUTIME_ID);
  const SnapshotPtr snapshot = Builder::build(std::move(input));
  std::printf("built in %.0f ms (%.0f ms of processor time on two threads); the snapshot's own %zu MB; process %zu MB, at most %zu MB\n", milliseconds_since(start),
              computed_ms(CLOCK_PROCESS_CPUTIME_ID) - computed, snapshot->memory() >> 20U, resident_mb("VmRSS:"), resident_mb("VmHWM:"));
  if (argc <= 3) time_search(*snapshot, count);
  for (int i = 3; i < argc; ++i) time_kind(*snapshot, argv[i], std::vector<std::string>(count, argv[i]));
}
