"""Problems, and how each reader of them wants them: people, editors' programs, GitHub, code scanners."""
