// What is in a project by kind, as its Contents window lists it. No widgets.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/project/contents.h"
#include "core/project/upkeep.h"
#include "ui/models/project/snapshot.h"

namespace discern::ui {

struct ContentsEntry {
  project::Made what;
  QString about;  // in the words of the project's kind: "72 images of 6 identities"
  QString old;    // why it is old; empty: it is not
};

// Kind by kind, runs newest first.
std::vector<ContentsEntry> contentsOf(const project::Project& project, const Snapshot& snapshot,
                                      const std::vector<project::Stale>& stale);
// The only place where the window asks the project for what is old.
std::vector<project::Stale> stalePartsOf(const project::Project& project);
QString titleOf(project::Entry entry);  // "Feature tables": a heading above those of a kind
QString wordOf(project::Entry entry);   // "feature table"

// What leaves with `asked`, or is old without it: what a person is told before it goes. `removed`: of all of
// them, what removalOf says.
QStringList consequencesOf(const project::Project& project, const Snapshot& snapshot,
                           const std::vector<project::Made>& asked,
                           const std::vector<project::Made>& removed);

// Where the images of a set are, as far as a few of them tell: the folder that its files share.
QString folderOf(const Snapshot& snapshot, const QString& set);
// Sets of whose images none of a few that were tried is where the project knows it, each with folderOf().
// Looks at files: not in the window's thread.
std::vector<std::pair<QString, QString>> missingSets(const Snapshot& snapshot);

}  // namespace discern::ui
