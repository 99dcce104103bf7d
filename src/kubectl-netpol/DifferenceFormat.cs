namespace NetPolTools.Kubectl;

internal enum DifferenceFormat
{
    Table,
    Json,
    Csv,
    Markdown,
}
