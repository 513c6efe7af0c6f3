"""A day that notices what it is asked: for which other days the answers would have been the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, SupportsIndex

ONE = timedelta(days=1)


class Today(date):
    """Today, for work whose result is kept: `first` and `last` are the days on which it would come out the same.

    Comparing with another day narrows these; whatever else is asked (its year, its text) ties the result to this day.
    """

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> Today:
        """Watch a day."""
        watched = cls.fromordinal(date.toordinal(day))  # asked of the class: that tells a watched day nothing
        watched.reset()
        return watched

    def reset(self) -> None:
        """Forget what was asked."""
        self.first, self.last = date.min, date.max

    def narrow(self, other: Today) -> None:
        """Take over what another has noticed: the same work rests on both."""
        self.first, self.last = max(self.first, other.first), min(self.last, other.last)

    def _plain(self) -> date:
        return date.fromordinal(super().toordinal())

    def _against(self, other: Any) -> date | None:
        if not isinstance(other, date):
            return None
        mine, its = self._plain(), date.fromordinal(date.toordinal(other))
        if its < mine:
            self.first = max(self.first, its + ONE)
        elif its > mine:
            self.last = min(self.last, its - ONE)
        else:
            self.first = self.last = mine
        return its

    def _tie(self) -> date:
        self.first = self.last = self._plain()
        return self.first

    def __lt__(self, other: Any) -> bool:
        return NotImplemented if (its := self._against(other)) is None else self._plain() < its

    def __le__(self, other: Any) -> bool:
        return NotImplemented if (its := self._against(other)) is None else self._plain() <= its

    def __gt__(self, other: Any) -> bool:
        return NotImplemented if (its := self._against(other)) is None else self._plain() > its

    def __ge__(self, other: Any) -> bool:
        return NotImplemented if (its := self._against(other)) is None else self._plain() >= its

    def __eq__(self, other: object) -> bool:
        return NotImplemented if (its := self._against(other)) is None else self._plain() == its

    def __hash__(self) -> int:
        return hash(self._tie())

    def __str__(self) -> str:
        return str(self._tie())

    def __format__(self, form: str) -> str:
        return format(self._tie(), form)

    def __sub__(self, other: Any) -> Any:
        return self._tie() - other

    def __rsub__(self, other: Any) -> Any:
        return other - self._tie()

    def __add__(self, other: Any) -> Any:
        return self._tie() + other

    __radd__ = __add__

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return self._tie().__reduce_ex__(protocol)

    def __getattribute__(self, name: str) -> Any:
        if name in _TELLING:
            return getattr(self._tie(), name)
        return super().__getattribute__(name)


_TELLING = frozenset({
    *("year", "month", "day", "isoformat", "strftime", "timetuple", "ctime", "weekday", "isoweekday", "isocalendar"),
    *("replace", "toordinal"),
})  # fmt: skip
