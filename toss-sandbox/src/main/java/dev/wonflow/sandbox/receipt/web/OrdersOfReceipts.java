package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.exchange.OrderLookup;
import dev.wonflow.sandbox.receipt.ListCashReceipts;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks up which order a cash receipt was issued for. */
@Component
class OrdersOfReceipts implements OrderLookup {

    private final ListCashReceipts listCashReceipts;

    OrdersOfReceipts(ListCashReceipts listCashReceipts) {
        this.listCashReceipts = listCashReceipts;
    }

    @Override
    public Optional<String> orderIdOf(String key) {
        return listCashReceipts.orderIdOf(key);
    }
}
