import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDF files against PDF/UA-1 by veraPDF: a line a file, and a line for each rule that one of them breaks. */
public final class CheckPdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean isFine = true;
    for (String file : files)
      try (FileInputStream bytes = new FileInputStream(file);
          PDFAParser parser = Foundries.defaultInstance().createParser(bytes, PDFAFlavour.PDFUA_1);
          PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
        ValidationResult result = validator.validate(parser);
        isFine &= result.isCompliant();
        System.out.printf("%s: %s, %d checks%n", file, result.isCompliant() ? "holds" : "does not hold", result.getTotalAssertions());
        Map<String, String> broken = new TreeMap<>();
        for (TestAssertion one : result.getTestAssertions())
          if (one.getStatus() == TestAssertion.Status.FAILED)
            broken.put(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber(), one.getMessage());
        broken.forEach((rule, message) -> System.out.printf("  %s: %s%n", rule, message));
      }
    System.exit(isFine ? 0 : 1);
  }
}
