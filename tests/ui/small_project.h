// A small project with tiny drawn faces, planted features and scores, for tests of the window.
#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>
#include <cmath>
#include <functional>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/rng.h"
#include "core/data/npy.h"
#include "core/project/project.h"

namespace discern::ui {

// `identities` people with `images` pictures each. Feature of image j of person i: axis i plus j / images of
// axis (i + 1): image 0 is the clearest, the last one leans towards the next person. Scores fall with j; the
// last image of the first person is unreadable and not scored.
struct SmallProject {
  QTemporaryDir folder;
  int identities, images;

  explicit SmallProject(int people = 5, int pictures = 6, bool withScores = true)
      : identities(people), images(pictures) {
    project::Project made = project::Project::create(path());
    data::Dataset set;
    set.name = "drawn";
    for (int i = 0; i < people; ++i) set.identities.push_back("person " + std::to_string(i));
    for (int i = 0; i < people; ++i)
      for (int j = 0; j < pictures; ++j) set.samples.push_back(sample(i, j));
    made.addDataset(set, project::Role::Train);
    made.setProblem(unreadable(), "the file is damaged");
    if (withScores) addScores(made);
  }

  std::string path() const { return folder.filePath("small.discern").toStdString(); }
  int unreadable() const { return images - 1; }
  int count() const { return identities * images; }
  // What addScores planted.
  float scoreOf(int id) const {
    const int i = id / images, j = id % images;
    return 0.95F - 0.8F * static_cast<float>(j) / static_cast<float>(images) - 0.01F * static_cast<float>(i);
  }

  data::Sample sample(int person, int picture) const {
    const QString file = folder.filePath(QStringLiteral("p%1_%2.png").arg(person).arg(picture));
    cv::Mat face(96, 80, CV_8UC3, cv::Scalar(60 + 30 * (person % 5), 120, 200 - 25 * (person % 6)));
    cv::ellipse(face, {40, 48}, {26, 36}, 0, 0, 360, cv::Scalar(150, 180, 225), cv::FILLED);
    for (int x : {30, 50}) cv::circle(face, {x, 40}, 4, cv::Scalar(40, 30, 20), cv::FILLED);
    cv::ellipse(face, {40, 64}, {11, 3 + person % 4}, 0, 0, 180, cv::Scalar(60, 60, 170), 2);
    if (picture > 0) cv::blur(face, face, {1 + 2 * picture, 1 + 2 * picture});
    cv::imwrite(file.toStdString(), face);
    data::Sample result;
    result.identity = person;
    result.image.file = file.toStdString();
    result.image.crop = data::Rect{8, 8, 64, 80};
    result.media = "video" + std::to_string(picture % 2);
    return result;
  }

  void addScores(project::Project& made) const {
    project::FeatureTableRow row;
    row.name = "planted";
    row.model = "demo";
    row.recipe = "{}";
    row.dims = identities;
    data::Matrix features(count(), identities);
    for (int id = 0; id < count(); ++id) {
      const int i = id / images, j = id % images;
      features.row(id)[static_cast<std::size_t>(i)] = 1;
      features.row(id)[static_cast<std::size_t>((i + 1) % identities)] +=
          static_cast<float>(j) / static_cast<float>(images);
    }
    data::saveNpy(made.featureFile("planted"), features.view());
    made.putFeatureTable(row);
    for (const char* name : {"dscore", "sharpness"}) {
      data::ScoreTable table;
      table.name = table.method = name;
      table.featureTable = "planted";
      table.resize(static_cast<std::size_t>(count()));
      for (int id = 0; id < count(); ++id) {
        const auto k = static_cast<std::size_t>(id);
        if (id == unreadable()) {
          table.status[k] = data::ScoreStatus::Unreadable;
          continue;
        }
        table.status[k] = data::ScoreStatus::Scored;
        table.score[k] = scoreOf(id);
        table.ratio[k] = 3 * scoreOf(id);
        if (table.method != "dscore") continue;
        table.own[k] = 0.9F - 0.1F * static_cast<float>(id % images);
        table.hardest[k] = 0.2F;
        table.hardestIdentity[k] = (id / images + 1) % identities;
      }
      made.putScores(table);
    }
  }
};

// Lets the window work until `done`, or until it clearly never will be. Returns done().
inline bool waitUntil(const std::function<bool()>& done, int timeoutMs = 300'000) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < timeoutMs) {
    QEventLoop loop;
    QTimer::singleShot(5, &loop, &QEventLoop::quit);
    loop.exec();
  }
  return done();
}

}  // namespace discern::ui
