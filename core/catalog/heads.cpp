#include "core/catalog/heads.h"

#include <numbers>

namespace discern::catalog {

Registry<HeadInfo>& heads() {
#define HEAD(file, function, ...) HeadInfo{__VA_ARGS__},
  static Registry<HeadInfo> registry("head", {
#include "core/catalog/heads.def"
                                             });
#undef HEAD
  return registry;
}

}  // namespace discern::catalog
