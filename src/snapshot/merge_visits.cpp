#include "snapshot/legacy_charges.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

struct Entry {
  Moment from;
  Moment at;
  VisitRef ref;
  Pesos money;
};

/// Writes the visits of a run of persons, one after another.
class Writer {
 public:
  Writer(const VisitInput& input, VisitColumns& out, std::size_t to) : in_(input), out_(out), to_(to) {}

  void customer(Row customer) {
    entries_.clear();
    for (const Row sale : in_.sales.by_customer.of(customer)) {
      if (in_.sales.kind[sale] == SaleKind::visit) add_sale(sale);
    }
    const std::size_t from_sales = entries_.size();
    for (const Row legacy : in_.legacy_of.of(customer)) add_legacy(legacy);
    for (const Row visit : in_.legacy.own.of(customer)) add_legacy_visit(visit);
    sort();
    if (from_sales > 0 && entries_.size() > from_sales) drop_known_twice();
    write(customer);
  }

  void legacy(Row legacy, PersonId person) {
    entries_.clear();
    add_legacy(legacy);
    sort();
    write(person);
  }

  std::size_t written_to() const { return to_; }

 private:
  void add_sale(Row sale) {
    const Moment at = in_.sales.at[sale];
    const Pesos money = has_money(in_.current, sale) ? in_.current.sales.total[sale] : 0;
    entries_.push_back({seen_from(at, checked_in(in_.current, sale)), at, VisitRef{sale}, money});
  }
  void add_legacy(Row legacy) {
    for (std::uint32_t visit = in_.legacy.begin[legacy]; visit < in_.legacy.begin[legacy + 1]; ++visit) {
      add_legacy_visit(visit);
    }
  }
  void add_legacy_visit(Row visit) {
    const auto& visits = in_.legacy.visits;
    if (nobody_came(*in_.services, visits, visit)) return;
    entries_.push_back({visits.at[visit], visits.at[visit], VisitRef{visit | VisitRef::legacy_bit}, visits.total[visit]});
  }
  void sort() {
    const auto before = [](const Entry& a, const Entry& b) {
      if (a.from != b.from) return a.from < b.from;
      return a.at != b.at ? a.at < b.at : a.ref.bits < b.ref.bits;
    };
    std::sort(entries_.begin(), entries_.end(), before);
  }

  /// Bits of the families of a visit's services; extras come with any visit and tell nothing.
  unsigned families(VisitRef ref) const {
    unsigned bits = 0;
    const auto add = [&](const std::vector<sources::CatalogService>& services, Row service) {
      if (service < services.size() && services[service].family != Family::extra && !services[service].adjustment) {
        bits |= 1U << static_cast<unsigned>(services[service].family);
      }
    };
    if (ref.legacy()) {
      for (const Row line : in_.legacy.visits.lines_of(ref.legacy_visit())) {
        add(in_.services->services, in_.services->service[line]);
      }
    } else {
      for (const Row line : in_.sales.service_lines.of(ref.sale())) {
        if (!is_adjustment(in_.current, line)) add(in_.current.services, in_.current.service_lines.service[line]);
      }
    }
    return bits;
  }

  /// The same visit in both sources counts once: the current database's copy stays.
  void drop_known_twice() {
    std::size_t kept = 0;
    for (std::size_t from = 0; from < entries_.size();) {
      const Date day = entries_[from].at.date();
      std::size_t to = from;
      bool legacy = false;
      bool current = false;
      for (; to < entries_.size() && entries_[to].at.date() == day; ++to) {
        (entries_[to].ref.legacy() ? legacy : current) = true;
      }
      unsigned known = 0;
      if (day.known() && legacy && current) {
        for (std::size_t i = from; i < to; ++i) {
          if (!entries_[i].ref.legacy()) known |= families(entries_[i].ref);
        }
      }
      for (std::size_t i = from; i < to; ++i) {
        const Entry entry = entries_[i];
        if (known == 0 || !entry.ref.legacy() || (families(entry.ref) & known) == 0) entries_[kept++] = entry;
      }
      from = to;
    }
    entries_.resize(kept);
  }

  void write(PersonId person) {
    Pesos spent = 0;
    for (const Entry& entry : entries_) {
      spent += entry.money;
      out_.at[to_] = entry.at;
      out_.from[to_] = entry.from;
      out_.spent[to_] = spent;
      out_.ref[to_] = entry.ref;
      ++to_;
    }
    out_.begin[person + 1] = static_cast<std::uint32_t>(entries_.size());
  }

  const VisitInput& in_;
  VisitColumns& out_;
  std::size_t to_;
  std::vector<Entry> entries_;
};

std::size_t most_visits(const VisitInput& in, Row customer) {
  std::size_t count = in.sales.by_customer.of(customer).size() + in.legacy.own.of(customer).size();
  for (const Row legacy : in.legacy_of.of(customer)) count += in.legacy.begin[legacy + 1] - in.legacy.begin[legacy];
  return count;
}

template <class T>
void close_gap(std::vector<T>& column, std::size_t gap_from, std::size_t gap_to, std::size_t end) {
  std::move(column.begin() + static_cast<std::ptrdiff_t>(gap_to), column.begin() + static_cast<std::ptrdiff_t>(end),
            column.begin() + static_cast<std::ptrdiff_t>(gap_from));
  column.resize(gap_from + (end - gap_to));
}

}  // namespace

VisitColumns merge_visits(const VisitInput& in, unsigned threads) {
  const Row customers = in.current.customers.size();
  const auto legacy = static_cast<Row>(in.legacy_people);
  // Two writers, each from a place nothing before it can reach; the gap between them is closed at the end.
  const Row middle = customers / 2;
  std::size_t first_half = 0;
  for (Row customer = 0; customer < middle; ++customer) first_half += most_visits(in, customer);
  std::size_t total = first_half + in.legacy.visits.size();
  for (Row customer = middle; customer < customers; ++customer) total += most_visits(in, customer);

  VisitColumns out;
  out.begin.assign(std::size_t{customers} + legacy + 1, 0);
  out.at.resize(total);
  out.from.resize(total);
  out.spent.resize(total);
  out.ref.resize(total);
  Writer low(in, out, 0);
  Writer high(in, out, first_half);
  run_both(
      threads,
      [&] {
        for (Row customer = 0; customer < middle; ++customer) low.customer(customer);
      },
      [&] {
        for (Row customer = middle; customer < customers; ++customer) high.customer(customer);
        for (Row row = 0; row < legacy; ++row) high.legacy(row, customers + row);
      });
  close_gap(out.at, low.written_to(), first_half, high.written_to());
  close_gap(out.from, low.written_to(), first_half, high.written_to());
  close_gap(out.spent, low.written_to(), first_half, high.written_to());
  close_gap(out.ref, low.written_to(), first_half, high.written_to());
  for (std::size_t person = 0; person + 1 < out.begin.size(); ++person) out.begin[person + 1] += out.begin[person];
  return out;
}

}  // namespace aremko::snapshot
