// For clang-tidy alone, before any other header. In C++20 std::vector is constexpr, which makes clang instantiate its
// members at once; LibTorch 1.13 has vectors of types that are not complete yet, as C++17 allows.
#include <bits/c++config.h>
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
