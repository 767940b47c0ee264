// Which pages there are.
#pragma once

#include <vector>

namespace discern::ui {

class JobRunner;
class Page;
class Session;

// What a page may want of the window. Session and runner outlive it.
struct PageTools {
  Session& session;
  JobRunner& runner;
};
using PageFactory = Page* (*)(const PageTools& tools);

// Those of pages.def, in the order of the window's list.
const std::vector<PageFactory>& pages();
void registerPage(PageFactory make);  // one of the program's own, the last one; before the window is made

}  // namespace discern::ui
