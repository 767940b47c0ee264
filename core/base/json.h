// JSON that somebody else wrote: of a project or a file. Nesting overflows the stack of whoever walks it, and
// an indented copy of it grows with the square of its depth, so both depth and length are limited before it
// is parsed.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace discern {

inline constexpr int kDeepestJson = 32;                  // ours has 6
inline constexpr std::size_t kLongestJson = 64U << 20U;  // bytes; of a sweep over 100,000 thresholds 40

// Why `text` goes beyond these limits; "" where it does not, be it JSON or not.
std::string excessOfJson(std::string_view text);

// Throws Error "`where`: ..." on what is no JSON or goes beyond the limits.
nlohmann::json parseJson(std::string_view text, std::string_view where);
// The same for what may be missing or broken: a value that is_discarded().
nlohmann::json parseJson(std::string_view text);

// What stands under `key`; `otherwise` where there is no such key, nothing of that type, or no object at all.
double jsonNumber(const nlohmann::json& object, const char* key, double otherwise);
std::string jsonText(const nlohmann::json& object, const char* key, const std::string& otherwise = "");

}  // namespace discern
