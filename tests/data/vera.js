// Holds PDF files against PDF/A-2a and PDF/UA-1 with veraPDF: a line for each rule that fails, then the verdict.
// Run by Rhino, which lies in the same jar: so a Java runtime is enough, and no compiler is needed.
var VeraGreenfieldFoundryProvider = Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
var Foundries = Packages.org.verapdf.pdfa.Foundries;
var PDFAFlavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour;

VeraGreenfieldFoundryProvider.initialise();
for (var i = 0; i < arguments.length; i++) {
  var flavours = [PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1];
  for (var j = 0; j < flavours.length; j++) {
    var parser = Foundries.defaultInstance().createParser(new java.io.FileInputStream(arguments[i]), flavours[j]);
    var result = Foundries.defaultInstance().createValidator(flavours[j], false).validate(parser);
    var found = result.getTestAssertions().iterator();
    while (found.hasNext()) {
      var one = found.next();
      print(flavours[j] + " " + one.getRuleId().getClause() + " " + one.getMessage() + " " + one.getLocation());
    }
    print(flavours[j] + " " + (result.isCompliant() ? "passes" : "fails"));
    parser.close();
  }
}
