namespace NetPolTools.Validation;

/// <summary>The path of a part of a policy, written out only when an error needs it: most policies have none.</summary>
/// <param name="Root">The path of the part, or that of a list of rules.</param>
/// <param name="Rule">The rule; negative where <paramref name="Root"/> is the path of the part.</param>
/// <param name="List">A list in the rule; empty for the rule itself.</param>
/// <param name="Item">An item of that list.</param>
/// <param name="Field">A field of that part with its dot, or nothing.</param>
internal readonly record struct RulePath(string Root, int Rule = -1, string List = "", int Item = 0, string Field = "")
{
    public static implicit operator RulePath(string whole) => new(whole);

    public override string ToString() => (Rule < 0 ? Root : List.Length == 0 ? $"{Root}[{Rule}]" : $"{Root}[{Rule}].{List}[{Item}]") + Field;
}
