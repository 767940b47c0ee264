// Which language the window speaks.
#pragma once

#include <QString>
#include <QStringList>

namespace discern::ui {

inline const QString kEnglish = QStringLiteral("en");
inline const QString kSystemLanguage = QStringLiteral("system");  // what the desktop says

// Those that there are, as codes: English, in which the texts are written, and those of
// resources/translations.
QStringList languages();
QString languageName(const QString& code);  // in itself: "Deutsch"
// A code of languages(): of "system" the first that the desktop wants (LANGUAGE, LC_ALL, LC_MESSAGES, LANG)
// and that there is. Throws discern::Error that lists them.
QString resolvedLanguage(const QString& wanted);
// From now on texts and numbers are in this one, also Qt's own where its translations are installed. Before
// the first window is made.
void speak(const QString& code);
QString spokenLanguage();  // English until speak() is called

}  // namespace discern::ui
