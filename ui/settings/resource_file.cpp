#include "ui/settings/resource_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "core/base/error.h"

namespace discern::ui {

QString resourceFile(const QString& name) {
  QStringList folders;
  if (const QString chosen = qEnvironmentVariable("DISCERN_RESOURCES"); !chosen.isEmpty()) {
    folders << chosen;
  } else {
    folders << QDir(QCoreApplication::applicationDirPath()).absoluteFilePath("../share/discern")
            << QString(DISCERN_SOURCE_RESOURCES);
  }
  for (const QString& folder : folders)
    if (QFileInfo::exists(QDir(folder).filePath(name))) return QDir(folder).filePath(name);
  fail("{} was not found in {}; set DISCERN_RESOURCES to the folder that has it.", name.toStdString(),
       folders.join(" and ").toStdString());
}

}  // namespace discern::ui
