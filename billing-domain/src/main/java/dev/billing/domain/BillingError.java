package dev.billing.domain;

/**
 * A refusal: something that a rule of billing does not allow, told to the caller as a value and never thrown.
 * <p>
 * Each package has its own sealed family of errors below this interface, so a signature can name the narrowest one.
 */
public interface BillingError {

    /** One sentence that names the rule and the value that broke it. */
    String message();
}
