#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>

#include "ui/pages/page.h"
#include "ui/widgets/icons.h"

namespace discern::ui {

Actions::Actions(QWidget& window) {
  const auto make = [&window](const char* iconName, const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(icon(iconName), text, &window);
    action->setShortcut(keys);
    return action;
  };
  newProject = make("new", "&New project…", QKeySequence::New);
  open = make("open", "&Open project…", QKeySequence::Open);
  closeProject = make("close", "&Close project", QKeySequence::Close);
  import = make("import", "&Import…", QKeySequence("Ctrl+I"));
  contents = make("table", "&Contents…", QKeySequence("Ctrl+Shift+C"));
  contents->setToolTip("Everything that is in the project, to rename or remove it or make it again");
  look = make("search", "&Look for replaced or missing files", {});
  moved = make("folder", "The folder was &moved…", {});
  run = make("run", "&Run", QKeySequence("Ctrl+R"));
  run->setToolTip(
      "Extracts features, scores every image, evaluates and sweeps: whatever is missing (Ctrl+R)");
  stop = make("stop", "&Stop jobs", QKeySequence("Ctrl+."));
  stop->setEnabled(false);
  exportAll = make("export", "&Export all…", QKeySequence("Ctrl+E"));
  log = make("info", "&Log", QKeySequence("Ctrl+L"));
  quit = make("close", "&Quit", QKeySequence::Quit);
  help = make("help", "&Help", QKeySequence::HelpContents);
  help->setToolTip("What the shown page is for, a glossary and the how-to pages");
  glossary = make("search", "&Glossary", {});
  commands = make("search", "&Commands…", QKeySequence("Ctrl+K"));
  commands->setShortcuts({QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")});
  commands->setToolTip("Every command, page, identity and template by some letters of its name");
  about = make("help", "&About Discern", {});
}

void Actions::setProjectOpen(bool isOpen) {
  for (QAction* action : {contents, look, moved, run, exportAll, closeProject}) action->setEnabled(isOpen);
}

Menus::Menus(QMenuBar& bar, const Actions& actions, const std::vector<Page*>& pages, const Settings& settings,
             QWidget& window)
    : QObject(&window), settings_(settings) {
  QMenu* file = bar.addMenu("&File");
  file->addActions({actions.newProject, actions.open});
  recent_ = file->addMenu("Open &recent");
  connect(recent_, &QMenu::aboutToShow, this, &Menus::fillRecent);
  file->addSeparator();
  file->addActions({actions.import, actions.exportAll});
  file->addSeparator();
  file->addActions({actions.closeProject, actions.quit});
  edit_ = bar.addMenu("&Edit");
  image_ = bar.addMenu("&Image");
  bar.addMenu("&Project")->addActions({actions.contents, actions.look, actions.moved});
  addJobs(bar.addMenu("&Jobs"), actions);
  QMenu* view = bar.addMenu("&View");
  addPages(view, pages);
  view->addSeparator();
  addThemes(view);
  QAction* full = view->addAction("&Full screen", &window, [&window] {
    window.setWindowState(window.windowState() ^ Qt::WindowFullScreen);
  });
  full->setShortcut(QKeySequence::FullScreen);
  view->addAction(actions.commands);
  QMenu* help = bar.addMenu("&Help");
  help->addActions({actions.help, actions.glossary});
  help->addSeparator();
  help->addAction(actions.about);
}

void Menus::addJobs(QMenu* menu, const Actions& actions) {
  menu->addAction(actions.run);
  menu->addSeparator();
  for (const auto& [text, job] :
       {std::pair("Extract &features…", "extract"), std::pair("&Score…", "score"),
        std::pair("Make a &protocol…", "protocol"), std::pair("&Evaluate", "evaluate"),
        std::pair("S&weep thresholds", "sweep"), std::pair("E&xport kept images…", "export"),
        std::pair("Make &templates for deployment…", "aggregate")})
    menu->addAction(text, this, [this, job = QString(job)] { emit jobRequested(job); });
  menu->addSeparator();
  menu->addActions({actions.stop, actions.log});
}

QKeySequence Menus::pageKeys(int row) const {
  if (row >= 20) return {};
  return QKeySequence(QString(row < 10 ? "Ctrl+%1" : "Ctrl+Shift+%1").arg((row + 1) % 10));  // the tenth: 0
}

void Menus::addPages(QMenu* menu, const std::vector<Page*>& pages) {
  for (int row = 0; row < int(pages.size()); ++row) {
    const Page& page = *pages[std::size_t(row)];
    menu->addAction(icon(page.iconName()), page.title(), this, [this, row] { emit pageRequested(row); })
        ->setShortcut(pageKeys(row));
  }
}

void Menus::addThemes(QMenu* menu) {
  QMenu* themes = menu->addMenu(icon("theme"), "&Theme");
  auto* group = new QActionGroup(this);
  for (const auto& [theme, text] : {std::pair(Theme::System, "&System"), std::pair(Theme::Light, "&Light"),
                                    std::pair(Theme::Dark, "&Dark")}) {
    QAction* action = themes->addAction(text, this, [this, theme = theme] { emit themeChosen(theme); });
    action->setCheckable(true);
    action->setChecked(settings_.theme() == theme);
    group->addAction(action);
  }
}

void Menus::fillRecent() {
  recent_->clear();
  for (const QString& folder : settings_.recentProjects())
    recent_->addAction(folder, this, [this, folder] { emit recentRequested(folder); });
  if (recent_->isEmpty()) recent_->addAction("None yet")->setEnabled(false);
}

}  // namespace discern::ui
