package dev.wonflow.subscription.taxinvoice;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be amended, for whoever does it at Hometax: the bulk form takes no amended tax invoices (assumed), each is
 * made from its original there.
 */
public final class AmendmentList {

    /** 계약의 해제: nothing is left of the sale. */
    private static final String RESCINDED = "계약의 해제";

    /** 공급가액 변동: a part of it is. */
    private static final String CHANGED = "공급가액 변동";

    private AmendmentList() {}

    public static List<String> columns() {
        return List.of("수정사유", "작성일자", "당초 작성일자", "당초 비고", "공급받는자 등록번호", "공급받는자 상호", "품목", "공급가액", "세액", "비고");
    }

    /** Sums are below zero, as they are entered. */
    public static List<@Nullable Object> row(TaxInvoices.Due due) {
        TaxInvoice amendment = due.taxInvoice();
        TaxInvoices.Original original = due.original();
        return Arrays.asList(
                original != null && original.whole() ? RESCINDED : CHANGED,
                amendment.writtenOn().toString(),
                original == null ? null : original.writtenOn().toString(),
                original == null ? null : original.number(),
                due.buyer().number().digits(),
                due.buyer().companyName(),
                amendment.item(),
                -amendment.amounts().supply().won(),
                -amendment.amounts().vat().won(),
                amendment.number());
    }
}
