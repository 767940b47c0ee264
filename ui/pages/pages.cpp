#include "ui/pages/pages.h"

namespace discern::ui {

#define PAGE(file, function) Page* function(const PageTools& tools);
#include "ui/pages/pages.def"
#undef PAGE

namespace {

std::vector<PageFactory>& all() {
#define PAGE(file, function) function,
  static std::vector<PageFactory> factories = {
#include "ui/pages/pages.def"
  };
#undef PAGE
  return factories;
}

}  // namespace

const std::vector<PageFactory>& pages() { return all(); }

void registerPage(PageFactory make) { all().push_back(make); }

}  // namespace discern::ui
