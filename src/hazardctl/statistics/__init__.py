"""From a table's definition to its figures: a plan, one partial per unit, a tree of totals."""
