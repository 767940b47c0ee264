// The identities with what their images' scores say about them.
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

// Sorted and searched by itself: a QSortFilterProxyModel takes rows out one by one, which at 50,000 stops the
// window.
class IdentityModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, Images, MeanScore, BelowShare, RoleColumn, Set, State, Columns };
  enum Role { IdentityRole = Qt::UserRole };

  using QAbstractTableModel::QAbstractTableModel;

  void set(std::shared_ptr<const SampleTable> table);
  // Shows those with that text in name, set, role or state. The model is reset where other rows are shown
  // then.
  void setText(const QString& text);
  void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
  int rowOf(int identity) const;  // -1: not shown, or merged into another

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  struct Row {
    int identity = -1;
    int images = 0, copies = 0, scored = 0;  // copies: degraded ones; in no other number here
    double mean = 0, below = 0;              // NaN when nothing is scored
    int merged = 0;                          // other names counted here
  };
  const Row& at(int row) const {
    return rows_[static_cast<std::size_t>(shown_[static_cast<std::size_t>(row)])];
  }
  QString text(const Row& row, int column) const;
  bool matches(const Row& row) const;
  std::vector<double> sortKeys()
      const;  // of rows_; NaN, which stands last in either order, where there is no number
  std::vector<int> arranged() const;  // what shown_ shall be
  void show(std::vector<int> shown);

  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  std::vector<Row> rows_;   // by identity
  std::vector<int> shown_;  // places in rows_, as they are shown
  QString text_;
  int sortColumn_ = -1;  // by identity
  Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
  mutable std::vector<double> namePlaces_;  // of rows_ among the sorted names; empty: not asked for
};

}  // namespace discern::ui
