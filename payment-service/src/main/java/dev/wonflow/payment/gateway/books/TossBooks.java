package dev.wonflow.payment.gateway.books;

import java.time.LocalDate;
import java.util.List;

/**
 * Reads Toss's books. A period is of whole days in Seoul, both of which belong to it. Calls take up to a minute each
 * and must not be made in a transaction.
 */
public interface TossBooks {

    /**
     * All transactions of the period in won, the oldest first.
     *
     * @throws BooksNotRead if not all of them could be read
     */
    List<ListedTransaction> transactions(LocalDate from, LocalDate to);

    /**
     * All settlements of what was sold in the period. Toss settles nothing with test keys.
     *
     * @throws BooksNotRead if not all of them could be read
     */
    List<SettlementLine> settlements(LocalDate from, LocalDate to);
}
