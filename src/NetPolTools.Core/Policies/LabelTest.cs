namespace NetPolTools.Policies;

/// <summary>A test of one label; it takes one of several values, of which one must fit. Comparison is ordinal.</summary>
public enum LabelTest
{
    /// <summary>The label is present, with any value.</summary>
    Exists,
    In,
    StartsWith,
    EndsWith,
    Contains,
}
