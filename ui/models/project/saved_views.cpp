#include "ui/models/project/saved_views.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "core/analysis/settings.h"
#include "core/project/project.h"
#include "ui/models/project/session.h"

namespace discern::ui {

std::vector<SavedView> parseViews(const std::string& json) {
  std::vector<SavedView> views;
  for (const QJsonValue& value : QJsonDocument::fromJson(QByteArray::fromStdString(json)).array()) {
    const QJsonObject object = value.toObject();
    SavedView view;
    view.name = object["name"].toString().trimmed();
    view.filter = object["filter"].toString();
    view.sort = object["sort"].toString("score");
    view.group = object["group"].toString("identity");
    view.descending = object["descending"].toBool();
    view.table = object["table"].toBool();
    view.size = std::clamp(object["size"].toInt(view.size), 16, 1024);
    if (!view.name.isEmpty() && std::ranges::find(views, view.name, &SavedView::name) == views.end())
      views.push_back(view);
  }
  return views;
}

std::string toJson(const std::vector<SavedView>& views) {
  QJsonArray array;
  for (const SavedView& view : views)
    array.append(QJsonObject{{"name", view.name},
                             {"filter", view.filter},
                             {"sort", view.sort},
                             {"descending", view.descending},
                             {"group", view.group},
                             {"table", view.table},
                             {"size", view.size}});
  return QJsonDocument(array).toJson(QJsonDocument::Compact).toStdString();
}

std::vector<SavedView> savedViews(const Session& session) {
  if (!session.isOpen()) return {};
  try {
    return parseViews(session.project().setting(analysis::settings::kViews).value_or(""));
  } catch (const std::exception&) {
    return {};  // a busy database: they come when they are asked for again
  }
}

void putViews(const Session& session, std::vector<SavedView> views) {
  std::ranges::sort(
      views, [](const SavedView& a, const SavedView& b) { return a.name.localeAwareCompare(b.name) < 0; });
  project::Project::open(session.folder().toStdString(), project::Project::Mode::Read)
      .putSetting(analysis::settings::kViews, toJson(views));
}

}  // namespace discern::ui
