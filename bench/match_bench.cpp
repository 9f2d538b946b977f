// Times the engine of who is who on two files of the guide's columns (demo/legacy/Clientes*.csv and a CSV of
// id,nombre,email,telefono,documento_identidad,pais,ciudad): learning and linking, rows that come alone, and what the
// naive loop over all pairs would take.
//   match_bench LEFT.csv RIGHT.csv [rows that come alone]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

#include "cli/match_fields.h"
#include "identity/match.h"
#include "identity/match_compare.h"
#include "sources/csv.h"
#include "sources/file.h"

namespace {

using namespace aremko;
using namespace aremko::identity::match;
using Timer = std::chrono::steady_clock;

double seconds_since(Timer::time_point start) { return std::chrono::duration<double>(Timer::now() - start).count(); }

/// What this thread has computed so far, in milliseconds: a busy neighbour does not change it.
double computed_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

using Row = std::vector<std::string>;

/// Adds a file's rows; every `keep`th is kept as it stands.
std::vector<Row> read(const char* path, Side side, const cli::MatchSide& columns, Input& input, std::size_t keep) {
  auto file = sources::TextFile::open(path);
  if (!file) std::fprintf(stderr, "%s\n", file.error().detail.en.c_str()), std::exit(1);
  sources::CsvReader reader([&](char* into, std::size_t size) { return file->read(into, size); },
                            [](std::uint64_t, std::string_view, std::string_view, std::string_view) {});
  const auto header = reader.header();
  std::vector<std::size_t> places;
  for (const std::string& column : columns.columns) places.push_back(static_cast<std::size_t>(std::ranges::find(header, column) - header.begin()));
  std::vector<Row> kept;
  std::vector<std::string_view> fields(places.size());
  for (std::size_t row = 0; reader.next(); ++row) {
    for (std::size_t i = 0; i < places.size(); ++i) fields[i] = places[i] < reader.fields().size() ? reader.fields()[places[i]] : std::string_view();
    input.add(side, fields);
    if (keep > 0 && row % keep == 0) kept.emplace_back(fields.begin(), fields.end());
  }
  return kept;
}

void alone(const Matcher& matcher, const std::vector<Row>& rows) {
  const auto start = Timer::now();
  static_cast<void>(matcher.find(std::vector<std::string_view>(rows[0].begin(), rows[0].end()), 5));
  std::printf("index of the right side: %.2f s\n", seconds_since(start));
  std::vector<double> took;
  std::vector<double> computed;
  std::size_t linked = 0;
  for (const Row& row : rows) {
    const std::vector<std::string_view> fields(row.begin(), row.end());
    const auto from = Timer::now();
    const double before = computed_ms();
    const auto found = matcher.find(fields, 5);
    took.push_back(seconds_since(from) * 1e3);
    computed.push_back(computed_ms() - before);
    linked += !found.empty() && found[0].confidence >= 85;
  }
  const auto print = [&](const char* what, std::vector<double>& times) {
    std::ranges::sort(times);
    const auto at = [&](double share) { return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))]; };
    std::printf("a row alone, %s: median %.3f ms, p99 %.3f ms, worst %.3f ms\n", what, at(0.5), at(0.99), at(1));
  };
  print("on the clock", took);
  print("processor time", computed);
  std::printf("%zu rows, %zu linked at 85\n", rows.size(), linked);
}

// A sample of all pairs, and what all of them would take.
double naive(const Input& input, double pairs) {
  const Comparer comparer(input, false);
  std::mt19937_64 random(1);
  constexpr std::size_t sample = 3'000'000;
  const auto start = Timer::now();
  std::uint64_t seen = 0;
  const auto lefts = input.rows(Side::left);
  const auto rights = input.rows(Side::right);
  for (std::size_t done = 0; done < sample;) {
    const auto left = static_cast<RowId>(random() % lefts);
    const auto first = random() % rights;  // as the inner loop would: neighbours one after the other
    for (std::size_t i = 0; i < 1'000; ++i, ++done) seen += comparer.compare(left, static_cast<RowId>((first + i) % rights)).levels;
  }
  const double seconds = seconds_since(start);
  if (seen == 0) std::puts("");
  return seconds / sample * pairs;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fprintf(stderr, "match_bench LEFT.csv RIGHT.csv [rows that come alone]\n"), 2;
  const auto queries = static_cast<std::size_t>(count > 3 ? std::atoi(arguments[3]) : 20'000);
  const auto fields = cli::guide_fields();
  std::vector<std::pair<Kind, std::string>> columns;
  for (std::size_t i = 0; i < fields.kinds.size(); ++i) columns.emplace_back(fields.kinds[i], fields.left.columns[i]);
  Input input(std::move(columns));
  const auto start = Timer::now();
  auto rows = read(arguments[1], Side::left, fields.left, input, 1 + (queries < 50'000 ? 0 : 1));
  read(arguments[2], Side::right, fields.right, input, 0);
  std::mt19937_64 random(1);
  std::ranges::shuffle(rows, random);
  rows.resize(std::min(rows.size(), queries));
  const double reading = seconds_since(start);
  const double pairs = static_cast<double>(input.rows(Side::left)) * static_cast<double>(input.rows(Side::right));
  const double loop = naive(input, pairs);

  const auto begin = Timer::now();
  const Matcher matcher(std::move(input), {});
  const auto links = matcher.links();
  const double whole = reading + seconds_since(begin);
  std::printf("%zu × %zu rows: %.2f s with reading; %zu links\n", matcher.input().rows(Side::left), matcher.input().rows(Side::right), whole, links.size());
  std::printf("  reading %.2f", reading);
  for (const auto& [phase, seconds] : matcher.summary().seconds) std::printf(", %s %.2f", phase.c_str(), seconds);
  std::printf("\npairs compared: %.0f of %.0f, 1 in %.0f; recall of candidates %.2f %%\n", static_cast<double>(matcher.summary().pairs_compared), pairs,
              pairs / static_cast<double>(matcher.summary().pairs_compared), matcher.summary().blocking_recall * 100);
  std::printf("the naive loop over all pairs: %.0f s on one core; ours is %.0f times faster\n", loop, loop / whole);
  if (!rows.empty()) alone(matcher, rows);
}
