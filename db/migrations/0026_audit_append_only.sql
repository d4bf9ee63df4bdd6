-- The log of who did what only grows: the database itself refuses to alter or to delete what it holds.

{append_only} audit;
