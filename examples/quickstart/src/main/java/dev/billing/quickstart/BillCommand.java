package dev.billing.quickstart;

import dev.billing.domain.AccountId;
import dev.billing.domain.rating.Terms;
import dev.billing.usecase.MonthCommand;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a draft of a month. */
@Command(
        name = "bill",
        mixinStandardHelpOptions = true,
        description =
                "Makes a draft of an account's month from what was recorded, or brings the one there is up to date.")
final class BillCommand implements Callable<Integer> {

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Mixin
    private LifeOptions.Doing doing = new LifeOptions.Doing();

    @Option(names = "--account", paramLabel = "ID", required = true, description = "Who is billed.")
    private String account = "";

    @Option(names = "--month", paramLabel = "YYYY-MM", required = true, description = "The month.")
    private YearMonth month = YearMonth.of(1970, 1);

    @Override
    public Integer call() {
        return life.run(session -> {
            AccountId id = new AccountId(account);
            return session.run(session.of(id), doing, new MonthCommand.Bill(id, month, Terms.NONE));
        });
    }
}
