#include "net/gzip.h"

#include <limits>

#include <zlib.h>

namespace aremko::net {

namespace {

// zlib takes a quarter of a megabyte for each stream; each thread keeps one and resets it.
class Deflater {
 public:
  Deflater() {
    // 15 + 16: the largest window, with a gzip header. Level 5 gives 3 % more bytes than 6 for JSON, in a third less
    // time.
    usable_ = deflateInit2(&stream_, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() {
    if (usable_) deflateEnd(&stream_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::optional<std::string> compress(std::string_view body) {
    if (!usable_ || body.size() > std::numeric_limits<uInt>::max() || deflateReset(&stream_) != Z_OK) return {};
    std::string out(body.size(), '\0');
    // zlib only reads what next_in points to; its C interface is older than const.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(body.data()));
    stream_.avail_in = static_cast<uInt>(body.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return {};
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
  bool usable_ = false;
};

}  // namespace

std::optional<std::string> gzip(std::string_view body) {
  thread_local Deflater deflater;
  return deflater.compress(body);
}

}  // namespace aremko::net
