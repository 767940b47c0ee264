// What belongs to the person and not to the project: window, theme, recent projects, the engine's command.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <memory>

class QSettings;

namespace discern::ui {

enum class Theme { System, Light, Dark };
QString toString(Theme theme);          // "system", "light", "dark"
Theme parseTheme(const QString& text);  // throws discern::Error that lists the three

class Settings {
 public:
  explicit Settings(const QString& file = {});  // empty: the person's own settings; tests name an .ini file
  ~Settings();

  Theme theme() const;
  void setTheme(Theme theme);
  QString language() const;  // a code such as "de"; "system": what the desktop says
  void setLanguage(const QString& code);
  QStringList recentProjects() const;  // newest first, only those that still exist
  void addRecentProject(const QString& folder);
  QString engineCommand() const;
  void setEngineCommand(const QString& command);
  QByteArray bytes(const QString& key) const;  // geometry and states of windows and splitters
  void setBytes(const QString& key, const QByteArray& value);
  QString text(const QString& key) const;  // empty: nothing is kept
  void setText(const QString& key, const QString& value);

 private:
  std::unique_ptr<QSettings> store_;
};

}  // namespace discern::ui
