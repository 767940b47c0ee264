// The samples as a table for a view.
#pragma once

#include <QAbstractTableModel>
#include <functional>
#include <memory>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

// A row a sample, in any order; columns as Field, up to Status. Filtering
// and sorting are done elsewhere, in a worker (models/images/gallery_groups.h): at
// some 100,000 rows a QSortFilterProxyModel stops the window for seconds.
class SampleModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { SampleRole = Qt::UserRole };  // the sample's id

  using QAbstractTableModel::QAbstractTableModel;

  void set(std::shared_ptr<const SampleTable> table);  // every sample, by number
  void set(std::shared_ptr<const SampleTable> table, std::vector<int> samples);
  const SampleTable& table() const { return *table_; }
  int sampleAt(int row) const { return samples_[static_cast<std::size_t>(row)]; }
  int rowOf(int sample) const;  // -1: not shown
  // Picture for the first column; an invalid QVariant while it is on its way (then call thumbnailReady).
  void setThumbnails(std::function<QVariant(int sample)> thumbnails);
  void thumbnailReady(int sample);

  Field sortField() const { return sortField_; }
  bool sortDescending() const { return sortDescending_; }
  // Only notes what is wanted and says so: whoever fills the model brings the rows in that order.
  void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 signals:
  void sortChanged();

 private:
  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  std::vector<int> samples_;  // of the rows
  std::vector<int> rows_;     // of the samples; -1: not shown
  std::function<QVariant(int)> thumbnails_;
  Field sortField_ = Field::Score;
  bool sortDescending_ = false;
};

}  // namespace discern::ui
