using System.Runtime.CompilerServices;

namespace NetPolTools.Tests.Corpus;

/// <summary>A theory over the cases of the corpus; skipped where there is no corpus.</summary>
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = CorpusFolder.WhyMissing;
    }
}
