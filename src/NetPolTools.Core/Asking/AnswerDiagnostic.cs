using NetPolTools.Diagnostics;

namespace NetPolTools.Asking;

/// <summary>One thing to know of an answer.</summary>
/// <param name="Diagnostic">What there is to say.</param>
/// <param name="About">The text of the question that it is about, such as a name that matches nothing; null where it is about the input.</param>
public sealed record AnswerDiagnostic(Diagnostic Diagnostic, string? About = null);
