using System.Collections;
using System.Management.Automation;
using NetPolTools.Editing;

namespace NetPolTools.Commands;

/// <summary>
/// Lets changes of labels be given as kubectl label takes them, <c>'app=web', 'old-'</c>, or as a hashtable in which null takes a label
/// away:
/// <c>@{ app = 'web'; old = $null }</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LabelChangeTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Changes(inputData).ToArray();
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static IEnumerable<LabelChange> Changes(object? input) => input.Unwrapped() switch
    {
        LabelChange change => [change],
        string text => [LabelChange.Parse(text)],
        IDictionary labels => labels.Cast<DictionaryEntry>()
            .Select(static label => LabelChange.Create(Selectors.Text(label.Key), label.Value is null ? null : Selectors.Text(label.Value))),
        IEnumerable many => many.Cast<object?>().SelectMany(Changes),
        var other => throw new FormatException(
            $"Found {other?.GetType().Name ?? "null"}, expected changes of labels: 'app=web', 'old-', or @{{ app = 'web'; old = $null }}."),
    };
}
