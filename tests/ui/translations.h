// What resources/translations/discern_de.ts says.
#pragma once

#include <gtest/gtest.h>

#include <QFile>
#include <QString>
#include <QXmlStreamReader>
#include <compare>
#include <vector>

namespace discern::ui::testing {

struct Message {
  QString context, source, comment, translation;
  bool finished = true;
};

inline std::vector<Message> messagesOf(const QString& file) {
  std::vector<Message> messages;
  QFile source(file);
  EXPECT_TRUE(source.open(QIODevice::ReadOnly)) << file.toStdString();
  QXmlStreamReader xml(&source);
  QString context;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    const auto name = xml.name();
    if (name == QLatin1String("name")) context = xml.readElementText();
    if (name == QLatin1String("message")) messages.push_back({context, {}, {}, {}});
    if (name == QLatin1String("source")) messages.back().source = xml.readElementText();
    if (name == QLatin1String("comment")) messages.back().comment = xml.readElementText();
    if (name == QLatin1String("translation")) {
      messages.back().finished = !xml.attributes().hasAttribute("type");
      messages.back().translation = xml.readElementText();
    }
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  return messages;
}

inline QString germanFile() {
  return QStringLiteral(DISCERN_SOURCE_DIR "/resources/translations/discern_de.ts");
}

}  // namespace discern::ui::testing
