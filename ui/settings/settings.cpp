#include "ui/settings/settings.h"

#include <QFileInfo>
#include <QSettings>

#include "core/base/error.h"

namespace discern::ui {
namespace {

constexpr int kMostRecent = 10;

}  // namespace

QString toString(Theme theme) {
  return theme == Theme::Light ? "light" : theme == Theme::Dark ? "dark" : "system";
}

Theme parseTheme(const QString& text) {
  for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark})
    if (toString(theme) == text) return theme;
  fail("There is no theme '{}'; choose light, dark or system.", text.toStdString());
}

Settings::Settings(const QString& file)
    : store_(file.isEmpty() ? std::make_unique<QSettings>("discern", "discern-workbench")
                            : std::make_unique<QSettings>(file, QSettings::IniFormat)) {}

Settings::~Settings() = default;

Theme Settings::theme() const {
  const QString text = store_->value("theme").toString();
  return text == "light" ? Theme::Light : text == "dark" ? Theme::Dark : Theme::System;
}

void Settings::setTheme(Theme theme) { store_->setValue("theme", toString(theme)); }

QString Settings::language() const { return store_->value("language", "system").toString(); }

void Settings::setLanguage(const QString& code) { store_->setValue("language", code); }

QStringList Settings::recentProjects() const {
  QStringList folders = store_->value("recent").toStringList();
  folders.removeIf([](const QString& folder) { return !QFileInfo(folder).isDir(); });
  return folders;
}

void Settings::addRecentProject(const QString& folder) {
  QStringList folders = store_->value("recent").toStringList();
  folders.removeAll(folder);
  folders.prepend(folder);
  store_->setValue("recent", QStringList(folders.mid(0, kMostRecent)));
}

QString Settings::engineCommand() const { return store_->value("engine").toString(); }
void Settings::setEngineCommand(const QString& command) { store_->setValue("engine", command); }
QByteArray Settings::bytes(const QString& key) const { return store_->value(key).toByteArray(); }
QString Settings::text(const QString& key) const { return store_->value(key).toString(); }
void Settings::setText(const QString& key, const QString& value) {
  if (value.isEmpty())
    store_->remove(key);
  else if (value != text(key))
    store_->setValue(key, value);
}
void Settings::setBytes(const QString& key, const QByteArray& value) { store_->setValue(key, value); }

}  // namespace discern::ui
