BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')

    # 20 MB, most of it in one annotation of each of a thousand pods.
    $script:large = Join-Path $TestDrive 'large input.json'
    $text = 'x' * 20000
    $pods = foreach ($i in 1..1000) {
        "{`"apiVersion`":`"v1`",`"kind`":`"Pod`",`"metadata`":{`"name`":`"pod-$i`",`"namespace`":`"a`",`"annotations`":{`"text`":`"$text`"}}}"
    }
    Set-Content $script:large "{`"apiVersion`":`"v1`",`"kind`":`"List`",`"items`":[$($pods -join ',')]}"
}

Describe 'While a large input is read' {
    It 'memory is not collected, and afterwards it is again' {
        if ([GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes -lt 4GB) {
            Set-ItResult -Skipped -Because 'the machine has less than 4 GB'
            return
        }

        $lines = Invoke-FreshSession @"
Import-Module '$env:NETPOLTOOLS_MODULE'
Get-NetPolSnapshot '$large' | ForEach-Object { "`$(`$_.PodCount) `$([Runtime.GCSettings]::LatencyMode)" }
[Runtime.GCSettings]::LatencyMode
Get-NetPolSnapshot '$(Join-Path $env:NETPOLTOOLS_MODULE samples three-tier)' | ForEach-Object { "`$([Runtime.GCSettings]::LatencyMode)" }
"@
        $lines | Should -Be '1000 NoGCRegion', 'Interactive', 'Interactive'
    }

    It 'another runspace can read one, too' {
        $lines = Invoke-FreshSession @"
1..3 | ForEach-Object -ThrottleLimit 3 -Parallel { Import-Module '$env:NETPOLTOOLS_MODULE'; (Get-NetPolSnapshot '$large').PodCount }
[Runtime.GCSettings]::LatencyMode
"@
        $lines | Should -Be '1000', '1000', '1000', 'Interactive'
    }

    It 'an error ends it as an answer does' {
        $lines = Invoke-FreshSession @"
Import-Module '$env:NETPOLTOOLS_MODULE'
try { Get-NetPolReachability '$large' -To 'no such pod' -ErrorAction Stop } catch { 'refused' }
[Runtime.GCSettings]::LatencyMode
"@
        $lines | Should -Be 'refused', 'Interactive'
    }
}
