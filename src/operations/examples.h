#pragma once
#include <string_view>
namespace aremko::operations::examples {
inline constexpr std::string_view search{}, profile{}, insights{}, inactive{}, segment{}, sync{}, mapping{}, overview{};
}
