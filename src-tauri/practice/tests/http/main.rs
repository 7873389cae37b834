//! The practice gateway over real HTTP, as a till, a browser and a script see it.

#[cfg(test)]
mod control;
#[cfg(test)]
mod create;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod info;
#[cfg(test)]
mod pay_page;
#[cfg(test)]
mod restart;
#[cfg(test)]
mod support;
