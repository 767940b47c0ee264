// The samples as a table for a view, and a proxy that sorts and filters it.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <functional>
#include <memory>
#include <vector>

#include "ui/models/filter.h"
#include "ui/models/sample_table.h"

namespace discern::ui {

// Row i is sample i; columns as Field, up to Status.
class SampleModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { SampleRole = Qt::UserRole, SortRole };  // the id; the value that is sorted by

  using QAbstractTableModel::QAbstractTableModel;

  void set(std::shared_ptr<const SampleTable> table);
  const SampleTable& table() const { return *table_; }
  // Picture for the first column; an invalid QVariant while it is on its way (then call thumbnailReady).
  void setThumbnails(std::function<QVariant(int sample)> thumbnails);
  void thumbnailReady(int sample);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  std::function<QVariant(int)> thumbnails_;
};

class SampleProxy : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit SampleProxy(SampleModel& model, QObject* parent = nullptr);
  void setFilter(const Filter& filter, const std::vector<int>& identities = {});  // empty: everybody

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  SampleModel& model_;
  Filter filter_;
  std::vector<int> identities_;  // ascending
};

}  // namespace discern::ui
