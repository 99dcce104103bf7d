namespace NetPolTools.Tests.Corpus;

/// <summary>A theory over the cases of the corpus; skipped where there is no corpus.</summary>
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        Skip = CorpusFolder.WhyMissing;
    }
}
