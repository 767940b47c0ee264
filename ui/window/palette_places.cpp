#include "ui/window/palette_places.h"

#include "ui/language/words.h"
#include "ui/models/live/template_source.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/pages/data_page.h"
#include "ui/widgets/views_button.h"
#include "ui/window/workspace.h"

namespace discern::ui {
namespace {

constexpr int kMostOfAKind = 40;

QString capital(QString word) {
  if (!word.isEmpty()) word[0] = word[0].toUpper();
  return word;
}

}  // namespace

std::vector<PaletteEntry> placeEntries(Session& session, Workspace& workspace, const QString& typed) {
  std::vector<PaletteEntry> entries;
  if (typed.isEmpty() || !session.isOpen()) return entries;
  const auto add = [&](const QString& name, const QString& where, int& count, std::function<void()> run) {
    if (count >= kMostOfAKind || matchOf(name, typed) < 0 || matchOf(name, typed) > 2) return;
    ++count;
    entries.push_back({name, where, {}, true, std::move(run)});
  };
  int count = 0;
  auto* data = qobject_cast<DataPage*>(workspace.page("Data"));
  if (data != nullptr) {
    const QString where = capital(inWords(session.kind(), "{identity}"));
    for (const auto& row : session.snapshot()->identities)
      if (row.mergedInto < 0)
        add(QString::fromStdString(row.name), where, count, [data, &workspace, id = row.id] {
          workspace.showPage(data->title());
          data->showIdentity(id);
        });
    for (auto* views : data->findChildren<ViewsButton*>()) {
      count = 0;
      for (const QString& name : views->names())
        add(name, Words::tr("Saved view"), count, [data, views, name, &workspace] {
          workspace.showPage(data->title());
          views->showView(name);
        });
    }
  }
  count = 0;
  if (const auto protocol = session.protocol()) {
    const QString where = capital(inWords(session.kind(), "{group}"));
    for (std::size_t t = 0; t < protocol->templates.size(); ++t)
      add(QString::fromStdString(protocol->templates[t].name), where, count,
          [&session, &workspace, at = static_cast<int>(t)] {
            workspace.showPage("Template");
            TemplateSource::of(session).setCurrent(at);
          });
  }
  return entries;
}

}  // namespace discern::ui
