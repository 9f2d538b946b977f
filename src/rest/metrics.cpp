#include "rest/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace aremko::rest {

namespace {

// From a search in memory (tens of microseconds) to a sync of a million (tens of seconds).
const prometheus::Histogram::BucketBoundaries seconds_buckets{0.000'1, 0.000'25, 0.000'5, 0.001, 0.002'5, 0.005, 0.01, 0.025,
                                                              0.05,    0.1,      0.25,    0.5,   1,       2.5,   10,   60};

}  // namespace

struct Metrics::Impl {
  struct Route {
    prometheus::Counter* requests;
    prometheus::Histogram* seconds;
  };
  struct Key {
    std::string_view method;   // constants of net
    std::string_view pattern;  // the router's, which outlives the server
    int status;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>{}(key.pattern) ^ std::hash<std::string_view>{}(key.method) * 31U ^
             static_cast<std::size_t>(key.status) * 1'000'003U;
    }
  };

  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("aremko_http_requests_total").Help("Requests answered.").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("aremko_http_request_duration_seconds")
                                                           .Help("From the whole request to the answer ready.")
                                                           .Register(registry);
  prometheus::Family<prometheus::Counter>& bytes_family =
      prometheus::BuildCounter().Name("aremko_http_response_bytes_total").Help("Body bytes sent.").Register(registry);
  prometheus::Counter& bytes = bytes_family.Add({});
  prometheus::Family<prometheus::Gauge>& version =
      prometheus::BuildGauge().Name("aremko_snapshot_version").Help("Of the published snapshot.").Register(registry);
  prometheus::Family<prometheus::Gauge>& age = prometheus::BuildGauge()
                                                   .Name("aremko_snapshot_age_seconds")
                                                   .Help("Since the published snapshot was built.")
                                                   .Register(registry);
  prometheus::Family<prometheus::Gauge>& customers =
      prometheus::BuildGauge().Name("aremko_customers").Help("Customers in the snapshot, by source.").Register(registry);
  prometheus::Family<prometheus::Gauge>& source_up = prometheus::BuildGauge()
                                                         .Name("aremko_source_up")
                                                         .Help("1 when the last attempt to read the source succeeded.")
                                                         .Register(registry);
  prometheus::Family<prometheus::Gauge>& source_age = prometheus::BuildGauge()
                                                          .Name("aremko_source_age_seconds")
                                                          .Help("Since the source was last read.")
                                                          .Register(registry);
  prometheus::Family<prometheus::Gauge>& refused =
      prometheus::BuildGauge().Name("aremko_source_rows_refused").Help("Rows that could not be used.").Register(registry);

  std::mutex mutex;
  std::unordered_map<Key, Route, Hash> routes;  // guarded by mutex

  Route route(const Key& key) {
    const std::lock_guard lock(mutex);
    const auto at = routes.find(key);
    if (at != routes.end()) return at->second;
    const std::string pattern(key.pattern.empty() ? "(none)" : key.pattern);
    const Route made{&requests.Add({{"method", std::string(key.method)}, {"route", pattern},
                                    {"status", std::to_string(key.status)}}),
                     &seconds.Add({{"method", std::string(key.method)}, {"route", pattern}}, seconds_buckets)};
    return routes.emplace(key, made).first->second;
  }

  void describe(const operations::Tenant& tenant, UnixSeconds now) {
    const prometheus::Labels labels{{"tenant", tenant.name}};
    if (const auto snapshot = tenant.holder.current()) {
      version.Add(labels).Set(static_cast<double>(snapshot->version()));
      age.Add(labels).Set(static_cast<double>(now - snapshot->built_at()));
      customers.Add({{"tenant", tenant.name}, {"source", "current"}}).Set(snapshot->customers().size());
      customers.Add({{"tenant", tenant.name}, {"source", "legacy"}}).Set(snapshot->legacy().size());
    }
    if (!tenant.source_states) return;
    for (const snapshot::SourceState& state : tenant.source_states()) {
      const prometheus::Labels source{{"tenant", tenant.name}, {"source", state.name}};
      source_up.Add(source).Set(state.ok ? 1 : 0);
      if (state.last_good != 0) source_age.Add(source).Set(static_cast<double>(now - state.last_good));
      refused.Add(source).Set(static_cast<double>(state.report.rows_refused));
    }
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const net::Finished& request) {
  const Impl::Route route = impl_->route({request.method, request.pattern, request.status});
  route.requests->Increment();
  route.seconds->Observe(static_cast<double>(request.microseconds) / 1e6);
  impl_->bytes.Increment(static_cast<double>(request.bytes));
}

std::string Metrics::text(const operations::Services& services) {
  for (const auto& [name, tenant] : services.tenants) impl_->describe(*tenant, services.clock->now());
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace aremko::rest
