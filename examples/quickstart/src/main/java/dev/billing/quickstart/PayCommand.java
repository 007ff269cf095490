package dev.billing.quickstart;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import io.vavr.collection.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a payment. */
@Command(
        name = "pay",
        mixinStandardHelpOptions = true,
        description = "Records money that an account paid. What no document takes is credit of the account.")
final class PayCommand implements Callable<Integer> {

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Mixin
    private LifeOptions.Doing doing = new LifeOptions.Doing();

    @Parameters(index = "0", paramLabel = "AMOUNT", description = "How much, such as \"USD 12.50\".")
    private String amount = "";

    @Option(names = "--account", paramLabel = "ID", required = true, description = "Who paid.")
    private String account = "";

    @Option(names = "--payment", paramLabel = "ID", required = true, description = "What the payment is known by.")
    private String payment = "";

    @Option(
            names = "--document",
            paramLabel = "ID",
            description = "The document that it is for (default: those that are open, the oldest first).")
    private Optional<String> document = Optional.empty();

    @Override
    public Integer call() {
        return life.run(session -> {
            AccountId id = new AccountId(account);
            Money paid = Money.parse(amount);
            return session.run(session.of(id), doing, new PaymentCommand.Receive(id, payment, paid, to(paid)));
        });
    }

    private Allocation to(Money paid) {
        return document.<Allocation>map(one -> new Allocation.To(HashMap.of(new InvoiceId(one), paid)))
                .orElse(new Allocation.OldestFirst());
    }
}
