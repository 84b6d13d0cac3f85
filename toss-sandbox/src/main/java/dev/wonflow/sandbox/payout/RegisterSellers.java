package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.payout.Seller.Account;
import dev.wonflow.sandbox.payout.Seller.BusinessType;
import dev.wonflow.sandbox.payout.Seller.Company;
import dev.wonflow.sandbox.payout.Seller.Individual;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Registers, changes, finds and deletes the sellers of a merchant. */
@Component
public class RegisterSellers {

    private static final int LONGEST_REFERENCE = 20;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_EMAIL = 100;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern PHONE = Pattern.compile("[0-9]{8,15}");
    private static final Pattern BUSINESS_NUMBER = Pattern.compile("[0-9]{10}");
    private static final Pattern BANK_CODE = Pattern.compile("[0-9]{3}");
    private static final Pattern ACCOUNT_NUMBER = Pattern.compile("[0-9]{1,20}");

    private final Sellers sellers;
    private final MoveSellers moveSellers;
    private final PayoutMint mint;
    private final PayoutSettings settings;
    private final Clock clock;

    RegisterSellers(Sellers sellers, MoveSellers moveSellers, PayoutMint mint, PayoutSettings settings, Clock clock) {
        this.sellers = sellers;
        this.moveSellers = moveSellers;
        this.mint = mint;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a merchant says about a seller.
     *
     * @param account its number in full, or as it is shown where it stays the same
     */
    public record Details(
            @Nullable Company company,
            @Nullable Individual individual,
            Account account,
            @Nullable Map<String, String> metadata) {}

    /**
     * Registers a seller. A corporation can be paid at once, anybody else once they have proved who they are.
     *
     * @throws Refused if Toss would refuse the details, or the reference was used before
     */
    public Seller register(Merchant merchant, String refSellerId, BusinessType type, Details details) {
        require(!refSellerId.isBlank() && refSellerId.length() <= LONGEST_REFERENCE);
        check(type, details);
        require(ACCOUNT_NUMBER.matcher(details.account().accountNumber()).matches());
        boolean trusted = type == BusinessType.CORPORATE;
        Instant identifiedAt = settings.identifyAfter().isZero() || trusted
                ? null
                : clock.instant().plus(settings.identifyAfter());
        Seller seller = new Seller(
                mint.sellerId(),
                merchant.mId(),
                refSellerId,
                type,
                type == BusinessType.INDIVIDUAL ? null : details.company(),
                type == BusinessType.INDIVIDUAL ? details.individual() : null,
                masked(details.account()),
                trusted ? SellerStatus.PARTIALLY_APPROVED : SellerStatus.APPROVAL_REQUIRED,
                details.metadata(),
                identifiedAt,
                false);
        if (!sellers.add(seller)) {
            throw new Refused(TossError.DUPLICATED_REQUEST);
        }
        moveSellers.watch(seller);
        return seller;
    }

    /**
     * Replaces what is known about a seller; its reference and its kind stay.
     *
     * @throws Refused if Toss would refuse the details, or there is no such seller
     */
    public Seller change(Merchant merchant, String id, Details details) {
        find(merchant, id);
        return sellers.change(id, seller -> {
                    check(seller.businessType(), details);
                    return seller.changed(
                            seller.businessType() == BusinessType.INDIVIDUAL ? null : details.company(),
                            seller.businessType() == BusinessType.INDIVIDUAL ? details.individual() : null,
                            changed(seller.account(), details.account()),
                            details.metadata());
                })
                .orElseThrow(() -> new Refused(TossError.NOT_FOUND));
    }

    private static Account changed(Account before, Account after) {
        if (after.accountNumber().equals(before.accountNumber())) {
            return after;
        }
        require(ACCOUNT_NUMBER.matcher(after.accountNumber()).matches());
        return masked(after);
    }

    /**
     * Finds a seller.
     *
     * @throws Refused if the merchant has none under this id, or deleted it
     */
    public Seller find(Merchant merchant, String id) {
        return sellers.find(id)
                .filter(seller -> seller.mId().equals(merchant.mId()) && !seller.deleted())
                .orElseThrow(() -> new Refused(TossError.NOT_FOUND));
    }

    /** The sellers of a merchant, in the order of their registration. */
    public List<Seller> all(Merchant merchant) {
        return sellers.of(merchant.mId());
    }

    /**
     * Deletes a seller for good.
     *
     * @throws Refused if there is none
     */
    public void delete(Merchant merchant, String id) {
        find(merchant, id);
        sellers.change(id, Seller::removed);
    }

    private static Account masked(Account account) {
        return Account.masked(account.bankCode(), account.accountNumber(), account.holderName());
    }

    private static void check(BusinessType type, Details details) {
        switch (type) {
            case INDIVIDUAL -> checkIndividual(details.individual());
            case INDIVIDUAL_BUSINESS, CORPORATE -> checkCompany(details.company());
        }
        Account account = details.account();
        require(BANK_CODE.matcher(account.bankCode()).matches());
        require(isName(account.holderName()));
        if (details.metadata() != null) {
            Metadata.check(details.metadata());
        }
    }

    private static void checkCompany(@Nullable Company company) {
        if (company == null) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        require(isName(company.name()) && isName(company.representativeName()));
        if (!BUSINESS_NUMBER.matcher(company.businessRegistrationNumber()).matches()) {
            throw new Refused(TossError.INVALID_BUSINESS_NUMBER);
        }
        checkContact(company.email(), company.phone());
    }

    private static void checkIndividual(@Nullable Individual individual) {
        if (individual == null) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        require(isName(individual.name()));
        checkContact(individual.email(), individual.phone());
    }

    private static void checkContact(String email, String phone) {
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            throw new Refused(TossError.INVALID_EMAIL);
        }
        require(PHONE.matcher(phone).matches());
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }
}
