#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>

#include "ui/language/language.h"
#include "ui/language/words.h"
#include "ui/pages/page.h"
#include "ui/widgets/icons.h"

namespace discern::ui {

Actions::Actions(QWidget& window) {
  const auto make = [&window](const char* iconName, const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(icon(iconName), text, &window);
    action->setShortcut(keys);
    return action;
  };
  newProject = make("new", Words::tr("&New project…"), QKeySequence::New);
  open = make("open", Words::tr("&Open project…"), QKeySequence::Open);
  closeProject = make("close", Words::tr("&Close project"), QKeySequence::Close);
  import = make("import", Words::tr("&Import…"), QKeySequence("Ctrl+I"));
  contents = make("table", Words::tr("&Contents…"), QKeySequence("Ctrl+Shift+C"));
  contents->setToolTip(
      Words::tr("Everything that is in the project, to rename or remove it or make it again"));
  look = make("search", Words::tr("&Look for replaced or missing files"), {});
  moved = make("folder", Words::tr("The folder was &moved…"), {});
  run = make("run", Words::tr("&Run"), QKeySequence("Ctrl+R"));
  run->setToolTip(
      Words::tr("Extracts features, scores every image, evaluates and sweeps: whatever is missing (Ctrl+R)"));
  stop = make("stop", Words::tr("&Stop jobs"), QKeySequence("Ctrl+."));
  stop->setEnabled(false);
  exportAll = make("export", Words::tr("&Export all…"), QKeySequence("Ctrl+E"));
  log = make("info", Words::tr("&Log"), QKeySequence("Ctrl+L"));
  quit = make("close", Words::tr("&Quit"), QKeySequence::Quit);
  help = make("help", Words::tr("&Help"), QKeySequence::HelpContents);
  help->setToolTip(Words::tr("What the shown page is for, a glossary and the how-to pages"));
  glossary = make("search", Words::tr("&Glossary"), {});
  commands = make("search", Words::tr("&Commands…"), QKeySequence("Ctrl+K"));
  commands->setShortcuts({QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")});
  commands->setToolTip(Words::tr("Every command, page, identity and template by some letters of its name"));
  about = make("help", Words::tr("&About Discern"), {});
}

void Actions::setProjectOpen(bool isOpen) {
  for (QAction* action : {contents, look, moved, run, exportAll, closeProject}) action->setEnabled(isOpen);
}

Menus::Menus(QMenuBar& bar, const Actions& actions, const std::vector<Page*>& pages, const Settings& settings,
             QWidget& window)
    : QObject(&window), settings_(settings) {
  QMenu* file = bar.addMenu(tr("&File"));
  file->addActions({actions.newProject, actions.open});
  recent_ = file->addMenu(tr("Open &recent"));
  connect(recent_, &QMenu::aboutToShow, this, &Menus::fillRecent);
  file->addSeparator();
  file->addActions({actions.import, actions.exportAll});
  file->addSeparator();
  file->addActions({actions.closeProject, actions.quit});
  edit_ = bar.addMenu(tr("&Edit"));
  image_ = bar.addMenu(tr("&Image"));
  bar.addMenu(tr("&Project"))->addActions({actions.contents, actions.look, actions.moved});
  addJobs(bar.addMenu(tr("&Jobs")), actions);
  QMenu* view = bar.addMenu(tr("&View"));
  addPages(view, pages);
  view->addSeparator();
  addThemes(view);
  addLanguages(view);
  QAction* full = view->addAction(tr("&Full screen"), &window, [&window] {
    window.setWindowState(window.windowState() ^ Qt::WindowFullScreen);
  });
  full->setShortcut(QKeySequence::FullScreen);
  view->addAction(actions.commands);
  QMenu* help = bar.addMenu(tr("&Help"));
  help->addActions({actions.help, actions.glossary});
  help->addSeparator();
  help->addAction(actions.about);
}

void Menus::addJobs(QMenu* menu, const Actions& actions) {
  menu->addAction(actions.run);
  menu->addSeparator();
  for (const auto& [text, job] :
       {std::pair(tr("Extract &features…"), "extract"), std::pair(tr("&Score…"), "score"),
        std::pair(tr("Make a &protocol…"), "protocol"), std::pair(tr("&Evaluate"), "evaluate"),
        std::pair(tr("S&weep thresholds"), "sweep"), std::pair(tr("E&xport kept images…"), "export"),
        std::pair(tr("Make &templates for deployment…"), "aggregate")})
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
    menu->addAction(icon(page.iconName()), page.shownTitle(), this, [this, row] { emit pageRequested(row); })
        ->setShortcut(pageKeys(row));
  }
}

void Menus::addThemes(QMenu* menu) {
  QMenu* themes = menu->addMenu(icon("theme"), tr("&Theme"));
  auto* group = new QActionGroup(this);
  for (const auto& [theme, text] :
       {std::pair(Theme::System, tr("&System")), std::pair(Theme::Light, tr("&Light")),
        std::pair(Theme::Dark, tr("&Dark"))}) {
    QAction* action = themes->addAction(text, this, [this, theme = theme] { emit themeChosen(theme); });
    action->setCheckable(true);
    action->setChecked(settings_.theme() == theme);
    group->addAction(action);
  }
}

void Menus::addLanguages(QMenu* menu) {
  QMenu* known = menu->addMenu(tr("&Language"));
  auto* group = new QActionGroup(this);
  for (const QString& code : QStringList{kSystemLanguage} + languages()) {
    const QString text = code == kSystemLanguage ? tr("&System") : languageName(code);
    QAction* action = known->addAction(text, this, [this, code] { emit languageChosen(code); });
    action->setCheckable(true);
    action->setChecked(settings_.language() == code);
    group->addAction(action);
  }
}

void Menus::fillRecent() {
  recent_->clear();
  for (const QString& folder : settings_.recentProjects())
    recent_->addAction(folder, this, [this, folder] { emit recentRequested(folder); });
  if (recent_->isEmpty()) recent_->addAction(tr("None yet"))->setEnabled(false);
}

}  // namespace discern::ui
