package dev.semel.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.semel.bench", importOptions = DoNotIncludeTests.class)
class HouseTest {

    @ArchTest
    static final ArchRule onlyWhatUsersHaveIsMeasured = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.semel.internal..", "dev.semel.server..", "dev.semel.books..", "dev.semel.testkit..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.semel.bench.(*)..").should().beFreeOfCycles();
}
