package dev.wonflow.subscription.taxinvoice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.EmailAddress;
import dev.wonflow.subscription.taxinvoice.BusinessNumber;
import dev.wonflow.subscription.taxinvoice.ChangeTaxProfile;
import dev.wonflow.subscription.taxinvoice.TaxProfile;
import dev.wonflow.subscription.taxinvoice.TaxProfiles;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of tax profiles. */
@RestController
@RequestMapping("/api/tax-profile")
class TaxProfileController {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "taxinvoice.profile-not-found");

    private final TaxProfiles profiles;
    private final ChangeTaxProfile changeTaxProfile;

    TaxProfileController(TaxProfiles profiles, ChangeTaxProfile changeTaxProfile) {
        this.profiles = profiles;
        this.changeTaxProfile = changeTaxProfile;
    }

    /** Shows whom the tenant's tax invoices are made out to. */
    @AllowedTo("tenant:billing:read")
    @GetMapping
    @Operation(id = "getTaxProfile", problems = "taxinvoice.profile-not-found")
    ProfileView profile(Caller caller) {
        return profiles.find(caller.tenant()).map(ProfileView::of).orElseThrow(() -> new NoProfile(caller.tenant()));
    }

    /** Has the tenant's tax invoices made out so, those not issued yet included. Safe to repeat by itself. */
    @AllowedTo("tenant:billing")
    @PutMapping
    @Operation(id = "putTaxProfile")
    ProfileView put(@RequestBody ProfileBody body, Caller caller) {
        TaxProfile profile = InvalidRequest.checked(body, TaxProfileController::profile);
        changeTaxProfile.to(caller, profile);
        return ProfileView.of(profile);
    }

    @ExceptionHandler
    ProblemDetail on(NoProfile e) {
        return CodedProblem.of(NOT_FOUND, e.getMessage());
    }

    private static TaxProfile profile(ProfileBody body) {
        return new TaxProfile(
                new BusinessNumber(InvalidRequest.required("businessNumber", body.businessNumber())),
                body.branch(),
                InvalidRequest.required("companyName", body.companyName()),
                InvalidRequest.required("representative", body.representative()),
                body.address(),
                body.businessType(),
                body.businessItem(),
                new EmailAddress(InvalidRequest.required("email", body.email())));
    }

    /**
     * A business as its registration (사업자등록증) has it.
     *
     * @param businessNumber with or without hyphens; its last digit is checked
     * @param branch number of a place of business that is taxed together with others (종사업장번호)
     * @param representative 성명
     * @param businessType 업태
     * @param businessItem 종목
     * @param email where the tax office sends the tax invoices
     */
    record ProfileBody(
            @Field(required = true, max = 12, example = "124-81-00998") @Nullable
            String businessNumber,

            @Field(pattern = "[0-9]{4}") @Nullable String branch,

            @Field(required = true, max = TaxProfile.MAX_COMPANY_NAME, example = "에이크미") @Nullable
            String companyName,

            @Field(required = true, max = TaxProfile.MAX_REPRESENTATIVE, example = "홍길동") @Nullable
            String representative,

            @Field(max = TaxProfile.MAX_ADDRESS) @Nullable String address,

            @Field(max = TaxProfile.MAX_BUSINESS) @Nullable String businessType,

            @Field(max = TaxProfile.MAX_BUSINESS) @Nullable String businessItem,

            @Field(required = true, max = EmailAddress.MAX_LENGTH, example = "tax@example.com") @Nullable
            String email) {

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * A business as its registration has it.
     *
     * @param businessNumber with hyphens
     */
    record ProfileView(
            String businessNumber,
            @Nullable String branch,
            String companyName,
            String representative,
            @Nullable String address,
            @Nullable String businessType,
            @Nullable String businessItem,
            String email) {

        static ProfileView of(TaxProfile profile) {
            return new ProfileView(
                    profile.number().toString(),
                    profile.branch(),
                    profile.companyName(),
                    profile.representative(),
                    profile.address(),
                    profile.businessType(),
                    profile.businessItem(),
                    profile.email().value());
        }
    }

    /** The tenant has told no profile. */
    static final class NoProfile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoProfile(TenantId tenant) {
            super("tenant " + tenant + ": no tax profile");
        }
    }
}
