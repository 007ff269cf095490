package dev.billing.usecase;

/** What somebody asks for, as a value: it can be previewed, run once under a key, logged and compared. */
public sealed interface Command
        permits DraftCommand,
                CreditCommand,
                PaymentCommand,
                AccountCommand,
                MonthCommand,
                PeriodCommand,
                OrderCommand,
                DocumentCommand {}
