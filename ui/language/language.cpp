#include "ui/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include "core/base/error.h"

// A static library's resources are only there once somebody asked for them; Qt's macro wants no namespace.
static void useTranslations() { Q_INIT_RESOURCE(translations); }

namespace discern::ui {
namespace {

QString& spoken() {
  static QString code = kEnglish;
  return code;
}

// Its numbers as the desktop writes them, where that is of the same language: Swiss German, say.
QLocale localeOf(const QString& code) {
  const QLocale wanted(code), system = QLocale::system();
  if (system.language() == wanted.language()) return system;
  return code == kEnglish ? QLocale::c() : wanted;
}

}  // namespace

QStringList languages() { return {kEnglish, QStringLiteral("de")}; }

QString languageName(const QString& code) {
  return code == kEnglish ? QStringLiteral("English") : QLocale(code).nativeLanguageName();
}

QString resolvedLanguage(const QString& wanted) {
  if (languages().contains(wanted)) return wanted;
  if (wanted != kSystemLanguage)
    fail("There is no language '{}'; choose {} or {}.", wanted.toStdString(),
         languages().join(", ").toStdString(), kSystemLanguage.toStdString());
  for (const QString& name : QLocale::system().uiLanguages())
    if (const QString code = name.section('-', 0, 0); languages().contains(code)) return code;
  return kEnglish;
}

void speak(const QString& code) {
  useTranslations();
  spoken() = code;
  QLocale::setDefault(localeOf(code));
  if (code == kEnglish) return;
  const auto install = [](const QString& file, const QString& folder) {
    auto* translator = new QTranslator(QCoreApplication::instance());
    return translator->load(file, folder) && QCoreApplication::installTranslator(translator);
  };
  // Buttons of dialogs and the like; a package of its own (qt6-translations-l10n).
  install("qtbase_" + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  if (!install("discern_" + code, ":/discern/translations"))
    fail("The translation into '{}' is not in this program; build it anew.", code.toStdString());
}

QString spokenLanguage() { return spoken(); }

}  // namespace discern::ui
