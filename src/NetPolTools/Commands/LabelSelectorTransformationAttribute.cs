using System.Collections;
using System.Management.Automation;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>
/// Lets a selector be given as people write it: <c>'app=web,tier in (api,db)'</c>, <c>@{ app = 'web' }</c>, <c>@{}</c> for everything, or as one that
/// is read from a policy.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LabelSelectorTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        switch (inputData.Unwrapped())
        {
            case LabelSelector selector:
                return selector;
            case string text when string.IsNullOrWhiteSpace(text):
                throw new ArgumentTransformationMetadataException("An empty text selects nothing in particular; for every pod write @{}.");
            case string text:
                return Parse(text);
            case IDictionary labels:
                return new LabelSelector { MatchLabels = Selectors.Labels(labels) };
            default:
                throw new ArgumentTransformationMetadataException(
                    $"Found {inputData?.GetType().Name ?? "null"}, expected a selector: 'app=web,tier in (api,db)', @{{ app = 'web' }}, or @{{}} for "
                        + "everything.");
        }
    }

    private static LabelSelector Parse(string text)
    {
        try
        {
            return LabelSelectorText.Parse(text);
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
