/**
 * Keeps everything in a relational database: H2 or PostgreSQL, through plain JDBC.
 * <p>
 * Start with {@link dev.billing.jdbc.JdbcPorts#open}. It brings the tables up to date and gives the ports that billing works on.
 */
@NullMarked
package dev.billing.jdbc;

import org.jspecify.annotations.NullMarked;
