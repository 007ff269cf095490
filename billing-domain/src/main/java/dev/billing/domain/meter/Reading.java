package dev.billing.domain.meter;

import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/** One counted fact, as a meter sees it. */
public interface Reading {

    /** The fact's id as text: of two readings at one instant, the one with the lower id comes first. */
    String key();

    Instant at();

    /** How much was counted; below zero where something is taken back. */
    BigDecimal quantity();

    /** What else the fact says about itself, such as its region. */
    Option<String> property(String name);
}
